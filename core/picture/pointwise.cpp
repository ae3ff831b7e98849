// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/pointwise.h"

#include "core/picture/rows.h"

namespace artdag {

namespace {

/// The four rows of a window at y, from column x on.
template <class Sample>
struct FourRows {
    Sample* rows[4];
    FourRows(const PlanesView<Sample>& view, int x, int y)
    {
        for (int plane = 0; plane < 4; ++plane)
            rows[plane] = &view.at(plane, x, y);
    }
};
using InRows = FourRows<const float>;
using OutRows = FourRows<float>;

/// Calls `each(y, n)` for the rows of `out`.
template <class Each>
void eachRow(const PictureView& out, Each each)
{
    if (out.rect.empty())
        return;
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        each(y, static_cast<long>(out.rect.width()));
}

} // namespace

void linearToDisplayRow(const float* linear, float* display, std::size_t n)
{
    rowKernels().linearToSrgb(linear, display, static_cast<long>(n));
}
void displayToLinearRow(const float* display, float* linear, std::size_t n)
{
    rowKernels().srgbToLinear(display, linear, static_cast<long>(n));
}
void scaleRow(const float* in, float* out, std::size_t n, float scale, float offset)
{
    rowKernels().scale(in, out, static_cast<long>(n), scale, offset);
}
void lerpRow(const float* a, const float* b, float* out, std::size_t n, float t)
{
    rowKernels().lerp(a, b, out, static_cast<long>(n), t);
}
void lerpRow(const float* a, const float* b, const float* t, float* out, std::size_t n)
{
    rowKernels().lerpBy(a, b, t, out, static_cast<long>(n));
}
void multiplyRow(const float* a, const float* b, float* out, std::size_t n)
{
    rowKernels().multiply(a, b, out, static_cast<long>(n));
}
void addScaledRow(const float* in, float* out, std::size_t n, float scale)
{
    rowKernels().addScaled(in, out, static_cast<long>(n), scale);
}

void toDisplay(ConstPictureView linear, PictureView display)
{
    const RowKernels& kernels = rowKernels();
    eachRow(display, [&](int y, long n) {
        kernels.toDisplay(InRows(linear, display.rect.x0, y).rows, OutRows(display, display.rect.x0, y).rows, n);
    });
}

void fromDisplay(ConstPictureView display, PictureView linear)
{
    const RowKernels& kernels = rowKernels();
    eachRow(linear, [&](int y, long n) {
        kernels.fromDisplay(InRows(display, linear.rect.x0, y).rows, OutRows(linear, linear.rect.x0, y).rows, n);
    });
}

void unpremultiply(ConstPictureView in, PictureView out)
{
    const RowKernels& kernels = rowKernels();
    eachRow(out, [&](int y, long n) { kernels.unpremultiply(InRows(in, out.rect.x0, y).rows, OutRows(out, out.rect.x0, y).rows, n); });
}

void premultiply(ConstPictureView in, PictureView out)
{
    const RowKernels& kernels = rowKernels();
    eachRow(out, [&](int y, long n) { kernels.premultiply(InRows(in, out.rect.x0, y).rows, OutRows(out, out.rect.x0, y).rows, n); });
}

void applyMatrix(const ColourMatrix& matrix, ConstPictureView in, PictureView out, bool premultiplied)
{
    const RowKernels& kernels = rowKernels();
    eachRow(out, [&](int y, long n) {
        kernels.matrix(&matrix.m[0][0], InRows(in, out.rect.x0, y).rows, OutRows(out, out.rect.x0, y).rows, n, premultiplied ? 1 : 0);
    });
}

void scaleAll(ConstPictureView in, PictureView out, float scale)
{
    const RowKernels& kernels = rowKernels();
    eachRow(out, [&](int y, long n) {
        for (int plane = 0; plane < 4; ++plane)
            kernels.scale(&in.at(plane, out.rect.x0, y), out.row(plane, y), n, scale, 0.0F);
    });
}

void over(ConstPictureView below, ConstPictureView above, PictureView out, float opacity)
{
    const RowKernels& kernels = rowKernels();
    eachRow(out, [&](int y, long n) {
        kernels.over(InRows(below, out.rect.x0, y).rows, InRows(above, out.rect.x0, y).rows, OutRows(out, out.rect.x0, y).rows, n, opacity);
    });
}

void lerp(ConstPictureView a, ConstPictureView b, PictureView out, float t)
{
    const RowKernels& kernels = rowKernels();
    eachRow(out, [&](int y, long n) {
        for (int plane = 0; plane < 4; ++plane)
            kernels.lerp(&a.at(plane, out.rect.x0, y), &b.at(plane, out.rect.x0, y), out.row(plane, y), n, t);
    });
}

void lerpByMask(ConstPictureView a, ConstPictureView b, ConstPictureView mask, int plane, PictureView out)
{
    const RowKernels& kernels = rowKernels();
    eachRow(out, [&](int y, long n) {
        // The mask's own plane last: `out` may be the mask.
        for (int step = 1; step <= 4; ++step) {
            const int at = (plane + step) % 4;
            kernels.lerpBy(&a.at(at, out.rect.x0, y), &b.at(at, out.rect.x0, y), &mask.at(plane, out.rect.x0, y), out.row(at, y), n);
        }
    });
}

void fill(PictureView out, float r, float g, float b, float a)
{
    const RowKernels& kernels = rowKernels();
    const float values[4] = {r, g, b, a};
    eachRow(out, [&](int y, long n) {
        for (int plane = 0; plane < 4; ++plane)
            kernels.fill(out.row(plane, y), n, values[plane]);
    });
}

void toDisplayRgba(ConstPictureView linear, std::uint8_t* rgba, std::ptrdiff_t strideBytes)
{
    const RowKernels& kernels = rowKernels();
    if (linear.rect.empty())
        return;
    for (int y = linear.rect.y0; y < linear.rect.y1; ++y)
        kernels.toScreen(InRows(linear, linear.rect.x0, y).rows, rgba + (y - linear.rect.y0) * strideBytes, linear.rect.width());
}

} // namespace artdag
