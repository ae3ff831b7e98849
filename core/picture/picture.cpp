// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/picture.h"

#include "core/base/result.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <sys/mman.h>

namespace artdag {

Rect Rect::clippedTo(const Rect& other) const
{
    Rect part{std::max(x0, other.x0), std::max(y0, other.y0), std::min(x1, other.x1), std::min(y1, other.y1)};
    part.x1 = std::max(part.x1, part.x0);
    part.y1 = std::max(part.y1, part.y0);
    return part;
}

bool Rect::contains(const Rect& other) const
{
    return other.empty() || (other.x0 >= x0 && other.y0 >= y0 && other.x1 <= x1 && other.y1 <= y1);
}

namespace {
constexpr std::size_t alignment = 64;
constexpr std::size_t hugePage = std::size_t{2} << 20;
constexpr std::ptrdiff_t lanes = alignment / sizeof(float);

PictureBlock allocate(std::size_t bytes)
{
    const bool large = bytes >= hugePage; // a turned picture reads a column of rows: small pages would miss the TLB at each
    if (large)
        bytes = (bytes + hugePage - 1) / hugePage * hugePage;
    auto* block = static_cast<float*>(std::aligned_alloc(large ? hugePage : alignment, bytes));
    CHECK(block != nullptr);
    if (large)
        madvise(block, bytes, MADV_HUGEPAGE); // a hint: nothing depends on it but time
    return {block, bytes};
}
}

Picture::Picture(Rect rect, std::shared_ptr<PictureMemory> memory)
    : m_rect(rect)
{
    CHECK(rect.x1 >= rect.x0 && rect.y1 >= rect.y0);
    if (rect.empty())
        return;
    m_stride = (static_cast<std::ptrdiff_t>(rect.width()) + lanes - 1) / lanes * lanes;
    // Planes a power of two apart would fight for the same cache sets.
    if (m_stride % 1024 == 0)
        m_stride += lanes;
    m_floats = static_cast<std::size_t>(m_stride) * static_cast<std::size_t>(rect.height()) * 4;
    const PictureBlock block = memory ? memory->take(bytes()) : allocate(bytes());
    m_memory = std::unique_ptr<float, FreePicture>(block.memory, FreePicture{std::move(memory), block.bytes});
}

void FreePicture::operator()(float* block) const
{
    if (memory)
        memory->give({block, bytes});
    else
        std::free(block); // NOLINT(cppcoreguidelines-no-malloc): the pair of aligned_alloc
}

PictureMemory::~PictureMemory()
{
    for (const auto& [size, block] : m_free)
        std::free(block); // NOLINT(cppcoreguidelines-no-malloc): the pair of aligned_alloc
}

PictureBlock PictureMemory::take(std::size_t bytes)
{
    PictureBlock block;
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_free.lower_bound(bytes); found != m_free.end() && found->first <= 2 * bytes) {
        block = {found->second, found->first};
        m_kept -= block.bytes;
        m_free.erase(found);
    } else {
        block = allocate(bytes); // its pages are cleared when they are first written: the lock is short
    }
    m_lent += block.bytes;
    m_mostLent = std::max(m_mostLent, m_lent);
    trim();
    return block;
}

void PictureMemory::give(PictureBlock block)
{
    const std::lock_guard lock(m_mutex);
    m_lent -= block.bytes;
    m_kept += block.bytes;
    m_free.emplace(block.bytes, block.memory);
    trim();
}

void PictureMemory::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    trim();
}

std::size_t PictureMemory::kept() const
{
    const std::lock_guard lock(m_mutex);
    return m_kept;
}

/// Smaller blocks go first: a large one serves small pictures too.
void PictureMemory::trim()
{
    while (m_kept > 0 && (m_closed || m_lent + m_kept > m_mostLent)) {
        const auto least = m_free.begin();
        m_kept -= least->first;
        std::free(least->second); // NOLINT(cppcoreguidelines-no-malloc): the pair of aligned_alloc
        m_free.erase(least);
    }
}

PictureView Picture::view()
{
    PictureView view;
    view.stride = m_stride;
    view.rect = m_rect;
    for (int plane = 0; plane < 4; ++plane)
        view.planes[plane] = m_memory.get() + plane * m_stride * m_rect.height();
    return view;
}

ConstPictureView Picture::view() const
{
    ConstPictureView view;
    view.stride = m_stride;
    view.rect = m_rect;
    view.opaque = m_opaque;
    view.content = m_content;
    for (int plane = 0; plane < 4; ++plane)
        view.planes[plane] = m_memory.get() + plane * m_stride * m_rect.height();
    return view;
}

namespace {

bool isOpaque(const ConstPictureView& picture)
{
    for (int y = picture.rect.y0; y < picture.rect.y1; ++y)
        if (rowKernels().allOne(picture.row(alpha, y), picture.rect.width()) == 0)
            return false;
    return !picture.rect.empty();
}

bool isEmpty(const ConstPictureView& picture, int x0, int x1, int y)
{
    for (const float* plane : picture.planes)
        if (rowKernels().allZero(plane + (y - picture.rect.y0) * picture.stride + (x0 - picture.rect.x0), x1 - x0) == 0)
            return false;
    return true;
}

/// The rows and the columns, these in steps of a few pixels, that hold something. Reads little more than what is empty.
Rect contentOf(const ConstPictureView& picture)
{
    constexpr int step = 16;
    Rect content = picture.rect;
    while (!content.empty() && isEmpty(picture, content.x0, content.x1, content.y0))
        ++content.y0;
    while (!content.empty() && isEmpty(picture, content.x0, content.x1, content.y1 - 1))
        --content.y1;
    int left = content.x1, right = content.x0;
    for (int y = content.y0; y < content.y1; ++y) {
        int x = content.x0;
        while (x < left && isEmpty(picture, x, std::min(x + step, left), y))
            x += step;
        left = std::min(left, x);
        x = content.x1;
        while (x > right && isEmpty(picture, std::max(x - step, right), x, y))
            x -= step;
        right = std::max(right, x);
    }
    return {left, content.y0, right, content.y1};
}

} // namespace

void Picture::look()
{
    m_opaque = isOpaque(std::as_const(*this).view());
    m_content = m_opaque ? m_rect : contentOf(std::as_const(*this).view());
    if (m_content.empty() && !m_rect.empty()) // nothing at all: a pixel stands for it, as an empty one says nothing
        m_content = {m_rect.x0, m_rect.y0, m_rect.x0 + 1, m_rect.y0 + 1};
}

void clear(PictureView out)
{
    if (out.rect.empty())
        return;
    for (int plane = 0; plane < 4; ++plane)
        for (int y = out.rect.y0; y < out.rect.y1; ++y)
            std::memset(out.row(plane, y), 0, static_cast<std::size_t>(out.rect.width()) * sizeof(float));
}

void copy(ConstPictureView from, PictureView out)
{
    const Rect part = from.rect.clippedTo(out.rect);
    if (part.empty())
        return;
    for (int plane = 0; plane < 4; ++plane)
        for (int y = part.y0; y < part.y1; ++y)
            std::memmove(&out.at(plane, part.x0, y), &from.at(plane, part.x0, y), static_cast<std::size_t>(part.width()) * sizeof(float));
}

} // namespace artdag
