// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/run_room.h"

namespace artdag {

RunRoom::RunRoom(Store& store)
    : m_store(store),
      m_hold(store.hold())
{
}

Result<ContentId> RunRoom::put(ByteView bytes)
{
    auto stored = m_store.put(bytes, ObjectClass::Render);
    if (stored ? hold(*stored) : stored.error().fault != Fault::Unavailable)
        return stored;
    return TRY(beside())->put(bytes, ObjectClass::Render);
}

bool RunRoom::hold(const ContentId& id)
{
    const auto added = m_hold->add(id);
    return added || added.error().fault != Fault::NotFound; // a full disk may not note it: it is there all the same
}

Result<Store*> RunRoom::beside()
{
    const std::lock_guard lock(m_mutex);
    if (!m_beside) {
        m_directory.emplace(TRY(TemporaryDirectory::make("artdag-run")));
        m_beside = TRY(openStore(m_directory->path(), {.diskBytes = 0, .ballastBytes = 0}));
    }
    return m_beside.get();
}

Store& RunRoom::holderOf(const ContentId& id)
{
    const std::lock_guard lock(m_mutex);
    return m_beside && m_beside->facts(id) ? *m_beside : m_store;
}

Result<Bytes> RunRoom::get(const ContentId& id)
{
    return holderOf(id).get(id);
}

Result<std::filesystem::path> RunRoom::path(const ContentId& id)
{
    return holderOf(id).path(id);
}

bool RunRoom::isTight()
{
    const std::lock_guard lock(m_mutex);
    return m_beside != nullptr;
}

} // namespace artdag
