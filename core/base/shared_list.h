// SPDX-License-Identifier: GPL-3.0-or-later
// A long list of values of which an edit makes another that differs in few places: copies share the pages that neither has
// changed, so that copying costs a pointer for each page and changing one value copies one page.
#pragma once

#include <atomic>
#include <compare>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace artdag {

/// T can be made by default and copied. A list may be read by many threads and changed by one that owns it; copies that share
/// pages count as lists of their own. References last until their list is changed.
template <class T>
class SharedList {
public:
    SharedList() = default;
    explicit SharedList(std::size_t size)
        : m_size(size)
    {
        for (std::size_t first = 0; first < size; first += page)
            m_pages.push_back(std::make_shared<T[]>(page));
    }

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    const T& operator[](std::size_t i) const { return m_pages[i / page][i % page]; }
    [[nodiscard]] const T& back() const { return (*this)[m_size - 1]; }

    /// The value as this list's own, to be changed.
    T& change(std::size_t i)
    {
        std::shared_ptr<T[]>& shared = m_pages[i / page];
        if (shared.use_count() > 1) {
            auto own = std::make_shared<T[]>(page);
            for (std::size_t k = 0; k < page; ++k)
                own[k] = shared[k];
            shared = std::move(own);
        } else {
            std::atomic_thread_fence(std::memory_order_acquire); // after what the last other owner read
        }
        return shared[i % page];
    }
    void push_back(T value)
    {
        if (m_size % page == 0)
            m_pages.push_back(std::make_shared<T[]>(page));
        change(m_size++) = std::move(value);
    }

    class Iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        Iterator() = default;
        Iterator(const SharedList* list, std::size_t at)
            : m_list(list),
              m_at(at) {}

        const T& operator*() const { return (*m_list)[m_at]; }
        const T* operator->() const { return &**this; }
        Iterator& operator++()
        {
            ++m_at;
            return *this;
        }
        Iterator operator++(int) { return Iterator(m_list, m_at++); }
        difference_type operator-(const Iterator& other) const { return static_cast<difference_type>(m_at) - static_cast<difference_type>(other.m_at); }
        bool operator==(const Iterator& other) const { return m_at == other.m_at; }

    private:
        const SharedList* m_list = nullptr;
        std::size_t m_at = 0;
    };
    [[nodiscard]] Iterator begin() const { return {this, 0}; }
    [[nodiscard]] Iterator end() const { return {this, m_size}; }

private:
    static constexpr std::size_t page = 32;
    std::vector<std::shared_ptr<T[]>> m_pages;
    std::size_t m_size = 0;
};

} // namespace artdag
