// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/work_rows.h"

namespace artdag::server {

namespace {

template <class N>
Result<std::optional<N>> optionalName(const Statement& row, int column)
{
    if (row.isNull(column))
        return std::optional<N>();
    return std::optional<N>(N{TRY(row.digest(column))});
}

} // namespace

Result<Work> workOf(const Statement& row)
{
    Work work;
    work.id = row.integer(0);
    work.ownerId = row.integer(1);
    work.owner = row.text(2);
    work.name = row.text(3);
    work.title = row.text(4);
    work.description = row.text(5);
    work.assetType = row.text(6);
    work.content = ContentId{TRY(row.digest(7))};
    work.framesHash = TRY(optionalName<FramesHash>(row, 8));
    work.license = row.text(9);
    work.visibility = row.text(10);
    work.alt = row.text(11);
    work.proof = row.text(12);
    work.claim = TRY(optionalName<ManifestId>(row, 13));
    work.manifest = TRY(optionalName<ManifestId>(row, 14));
    work.recipe = TRY(optionalName<ContentId>(row, 15));
    work.poster = TRY(optionalName<ContentId>(row, 16));
    work.media = TRY(readJson(row.text(17)));
    work.provenance = TRY(readJson(row.text(18)));
    work.createdAt = row.integer(19);
    work.updatedAt = row.integer(20);
    const Json tags = TRY(readJson(row.text(21)));
    for (const Json& tag : tags)
        work.tags.push_back(tag.get<std::string>());
    work.state = row.text(22);
    work.version = row.integer(23);
    work.endedAt = row.integer(24);
    work.warning = row.text(25);
    work.blurhash = row.text(26);
    work.pinnedAt = row.integer(27);
    work.mediaToken = row.text(28);
    work.posterToken = row.text(29);
    return work;
}

Result<std::vector<Work>> worksOf(Statement& query)
{
    std::vector<Work> works;
    while (TRY(query.step()))
        works.push_back(TRY(workOf(query)));
    return works;
}

} // namespace artdag::server
