// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/shared_memory.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

namespace artdag {

namespace {

constexpr const char* name = "memory shared with a worker";

} // namespace

Result<SharedMemory> SharedMemory::make(std::size_t bytes)
{
    Descriptor descriptor(::memfd_create("artdag-worker", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!descriptor.isOpen() || ::ftruncate(descriptor.number(), static_cast<off_t>(bytes)) != 0 || ::fcntl(descriptor.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return tl::unexpected<Error>(systemError(name, errno));
    return map(std::move(descriptor));
}

Result<SharedMemory> SharedMemory::map(Descriptor descriptor)
{
    const off_t end = ::lseek(descriptor.number(), 0, SEEK_END); // fstat is not among what a worker may call
    if (end < 0)
        return tl::unexpected<Error>(systemError(name, errno));
    const auto size = static_cast<std::size_t>(end);
    void* mapped = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor.number(), 0);
    if (mapped == MAP_FAILED)
        return fail(Fault::Unavailable, std::string(name) + ": there is none left");
    return SharedMemory(std::move(descriptor), {static_cast<std::uint8_t*>(mapped), size});
}

SharedMemory::~SharedMemory()
{
    if (!m_bytes.empty())
        ::munmap(m_bytes.data(), m_bytes.size());
}

SharedMemory::SharedMemory(SharedMemory&& other) noexcept
    : m_descriptor(std::move(other.m_descriptor)),
      m_bytes(std::exchange(other.m_bytes, {}))
{
}

} // namespace artdag
