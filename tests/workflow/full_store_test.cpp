// SPDX-License-Identifier: GPL-3.0-or-later
// A store or a disk without room costs the cache, not the film.
#include "core/workflow/render_recipe.h"
#include "tests/store/file_calls.h"

#include <QtTest>

#include <atomic>
#include <cerrno>

using namespace artdag;

namespace {

constexpr const char* recipe = R"({"artdag": 1, "title": "Noise", "canvas": {"width": 320, "height": 180, "rate": [10, 1], "sampleRate": 48000, "duration": 12},
  "nodes": {"grain": {"effect": "noise", "args": {"evolution": {"expr": "t"}}}, "hum": {"effect": "tone"}}, "outputs": {"main": {"picture": "grain", "sound": "hum", "encode": "share-h264-fast"}}})";

std::size_t filesIn(const std::filesystem::path& folder)
{
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

/// Nothing more goes onto the disk of a store.
class FullDisk : public file_calls::Listener {
public:
    explicit FullDisk(std::filesystem::path root)
        : m_root(std::move(root))
    {
        file_calls::listen(this);
    }
    ~FullDisk() override { file_calls::listen(nullptr); }
    file_calls::Answer before(const file_calls::Call& call) override
    {
        using file_calls::Kind;
        const bool takesRoom = call.kind == Kind::Fallocate || call.kind == Kind::Write || call.kind == Kind::Pwrite || call.kind == Kind::Mkdir;
        if (!takesRoom || !call.path.starts_with(m_root.string()) || call.path.ends_with("-shm"))
            return {};
        ++refused;
        return {file_calls::Answer::Way::Fail, ENOSPC};
    }
    std::atomic<int> refused = 0;

private:
    std::filesystem::path m_root;
};

} // namespace

class FullStoreTest : public QObject {
    Q_OBJECT

    std::optional<TemporaryDirectory> m_folder;
    std::filesystem::path m_temporary;

    Result<RenderedFilm> rendered(Workspace& workspace, const std::string& name)
    {
        RenderRequest request;
        request.recipeText = recipe;
        request.path = m_folder->path() / (name + ".mp4");
        return renderRecipe(request, workspace);
    }
    std::unique_ptr<Workspace> workspaceWith(const std::string& name, std::uint64_t limit)
    {
        auto workspace = *openWorkspace(m_folder->path() / name);
        if (workspace->store->setDiskLimit(limit))
            workspace = *openWorkspace(m_folder->path() / name);
        return workspace;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_folder.emplace(*TemporaryDirectory::make());
        m_temporary = m_folder->path() / "temporary";
        std::filesystem::create_directory(m_temporary);
        qputenv("TMPDIR", m_temporary.c_str());
    }
    void cleanupTestCase() { m_folder.reset(); }

    void theFilmIsTheSameHoweverLittleRoomThereIs()
    {
        const auto roomy = workspaceWith("roomy", 0);
        const auto film = rendered(*roomy, "roomy");
        QVERIFY2(film.has_value(), film ? "" : film.error().message.c_str());
        QVERIFY(!film->run.uncached);
        QVERIFY(film->run.chunks.size() > 2);
        const StoreStatistics all = *roomy->store->statistics();
        // None at all, and for some of the pieces.
        for (const std::uint64_t limit : {std::uint64_t{1}, all.assetBytes + all.renderBytes / 2}) {
            const std::string name = std::to_string(limit);
            const auto tight = workspaceWith(name, limit);
            const auto same = rendered(*tight, name);
            QVERIFY2(same.has_value(), same ? "" : same.error().message.c_str());
            QVERIFY(same->run.uncached);
            QCOMPARE(same->contentHash, film->contentHash);
            QCOMPARE(same->manifest["output"], film->manifest["output"]);
            QVERIFY(tight->store->statistics()->renderBytes <= std::max(limit, std::uint64_t{1}));
            QCOMPARE(filesIn(m_temporary), std::size_t{0});
        }
    }

    void aFullDiskCostsTheCacheNotTheFilm()
    {
        const auto roomy = workspaceWith("roomy again", 0);
        const auto film = rendered(*roomy, "roomy again");
        QVERIFY(film.has_value());
        const auto full = workspaceWith("full", 0);
        std::optional<Result<RenderedFilm>> same;
        int refused = 0;
        {
            FullDisk disk(full->home / "store");
            same = rendered(*full, "full");
            refused = disk.refused;
        }
        QVERIFY(refused > 0);
        QVERIFY2(same->has_value(), *same ? "" : same->error().message.c_str());
        QVERIFY((*same)->run.uncached);
        QCOMPARE((*same)->contentHash, film->contentHash);
        // As soon as there is room again pieces are kept.
        const auto again = rendered(*full, "full");
        QVERIFY2(again.has_value() && !again->run.uncached, again ? "still full" : again.error().message.c_str());
        QVERIFY(full->store->statistics()->renders > 2);
    }
};

QTEST_APPLESS_MAIN(FullStoreTest)
#include "full_store_test.moc"
