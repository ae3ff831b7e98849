// SPDX-License-Identifier: GPL-3.0-or-later
// Work that somebody no longer wants.
#pragma once

#include <atomic>
#include <memory>

namespace artdag {

/// Set from any thread; work that sees it ends with Fault::Cancelled within a strip or a decoded frame. Copies are one token.
class CancelToken {
public:
    void cancel() { m_flag->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool cancelled() const { return m_flag->load(std::memory_order_relaxed); }

private:
    std::shared_ptr<std::atomic<bool>> m_flag = std::make_shared<std::atomic<bool>>(false);
};

} // namespace artdag
