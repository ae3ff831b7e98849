// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers by name in one flat table, for documents of tens of thousands of names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace artdag {

/// Views only: the names must outlive it.
class NameIndex {
public:
    /// Makes room for so many names.
    void reserve(std::size_t names)
    {
        std::size_t slots = m_slots.empty() ? 16 : m_slots.size();
        while (slots < names + names / 2)
            slots *= 2;
        if (slots > m_slots.size())
            spread(slots);
    }
    /// Gives a name its number, which is not negative. −1, or the number that it has and keeps.
    int add(std::string_view name, int number)
    {
        reserve(m_size + 1);
        const std::size_t hash = std::hash<std::string_view>()(name);
        Slot& slot = m_slots[placeOf(name, hash)];
        if (slot.number >= 0)
            return slot.number;
        slot = {name, static_cast<std::uint32_t>(hash), number};
        ++m_size;
        return -1;
    }
    /// −1 when there is none.
    [[nodiscard]] int find(std::string_view name) const { return m_slots.empty() ? -1 : m_slots[placeOf(name, std::hash<std::string_view>()(name))].number; }

private:
    struct Slot {
        std::string_view name;
        std::uint32_t hash = 0;
        int number = -1; ///< the slot is free
    };
    /// Where the name is, or would be: a third of the slots are free, so the search ends soon.
    [[nodiscard]] std::size_t placeOf(std::string_view name, std::size_t hash) const
    {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t place = hash & mask;
        while (m_slots[place].number >= 0 && (m_slots[place].hash != static_cast<std::uint32_t>(hash) || m_slots[place].name != name))
            place = (place + 1) & mask;
        return place;
    }
    void spread(std::size_t slots)
    {
        std::vector<Slot> before(slots);
        before.swap(m_slots);
        for (const Slot& slot : before)
            if (slot.number >= 0)
                m_slots[placeOf(slot.name, std::hash<std::string_view>()(slot.name))] = slot;
    }

    std::vector<Slot> m_slots; ///< a power of two
    std::size_t m_size = 0;
};

} // namespace artdag
