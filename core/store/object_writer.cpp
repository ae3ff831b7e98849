// SPDX-License-Identifier: GPL-3.0-or-later
// Objects that come piece by piece.
#include "core/store/disk_store.h"

namespace artdag {

class DiskStore::Writer final : public ObjectWriter {
public:
    Writer(DiskStore& store, Promise promised, IncomingFile file, ObjectClass kind)
        : m_store(store),
          m_promised(std::move(promised)),
          m_file(std::move(file)),
          m_kind(kind) {}

    Result<void> add(ByteView bytes) override { return m_file.add(bytes); }

    Result<ContentId> finish() override
    {
        TRY(m_file.finish(m_kind));
        TRY(m_store.withRoom(m_file.size(), [this] { return m_store.commit(std::span(&m_file, 1), m_kind); }));
        return m_file.id();
    }

private:
    DiskStore& m_store;
    Promise m_promised;
    IncomingFile m_file;
    ObjectClass m_kind;
};

Result<std::unique_ptr<ObjectWriter>> DiskStore::write(std::uint64_t expected, ObjectClass kind)
{
    TRY(checkProcess());
    Promise promised = TRY(promise(expected));
    std::optional<IncomingFile> file;
    TRY(withRoom(expected, [&]() -> Result<void> {
        file.emplace(TRY(IncomingFile::make(m_root, m_lease->name(), expected)));
        return {};
    }));
    return std::unique_ptr<ObjectWriter>(std::make_unique<Writer>(*this, std::move(promised), std::move(*file), kind));
}

} // namespace artdag
