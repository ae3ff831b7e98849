// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/render_catalogue.h"

#include "core/base/files.h"
#include "core/base/json.h"

#include <ctime>
#include <set>

namespace artdag {

namespace {

constexpr std::int64_t schemaVersion = 2;
constexpr const char* tables = R"(
CREATE TABLE recipes (id BLOB PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE renders (
    id TEXT PRIMARY KEY, look INTEGER NOT NULL, title TEXT NOT NULL, film TEXT NOT NULL, provenance TEXT NOT NULL, poster TEXT NOT NULL,
    content_hash TEXT NOT NULL, frames_hash TEXT NOT NULL, encode TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
    seconds REAL NOT NULL, made INTEGER NOT NULL, mark TEXT NOT NULL, notes TEXT NOT NULL, tags TEXT NOT NULL, page TEXT NOT NULL,
    parent TEXT NOT NULL, recipe BLOB NOT NULL REFERENCES recipes (id));
CREATE INDEX renders_by_recipe ON renders (recipe);
)";
constexpr const char* rendererColumn = "ALTER TABLE renders ADD COLUMN renderer TEXT NOT NULL DEFAULT ''";
constexpr std::string_view columns = "id, look, title, film, provenance, poster, content_hash, frames_hash, encode, width, height, seconds, made, mark, notes, tags, page, parent, recipe, renderer";

std::string textOf(const Json& json, const char* name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

double numberOf(const Json& json, const char* name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_number() ? found->get<double>() : 0;
}

/// `2026-03-01T12:00:00Z`; 0 for anything else.
std::int64_t instantOf(const std::string& text)
{
    std::tm parts{};
    if (text.size() < 19 || ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts) == nullptr)
        return 0;
    return static_cast<std::int64_t>(::timegm(&parts)) * 1000;
}

/// An entry of the list that the first versions wrote.
RenderRecord recordOf(const Json& json)
{
    RenderRecord record;
    record.id = textOf(json, "id");
    record.title = textOf(json, "title");
    record.film = textOf(json, "film");
    record.provenance = textOf(json, "provenance");
    record.poster = textOf(json, "poster");
    record.contentHash = textOf(json, "content_hash");
    record.framesHash = textOf(json, "frames_hash");
    record.encode = textOf(json, "encode");
    record.width = static_cast<int>(numberOf(json, "width"));
    record.height = static_cast<int>(numberOf(json, "height"));
    record.seconds = numberOf(json, "seconds");
    record.made = instantOf(textOf(json, "when"));
    record.mark = textOf(json, "mark");
    record.page = textOf(json, "page");
    return record;
}

} // namespace

Result<RenderCatalogue> RenderCatalogue::open(const std::filesystem::path& directory)
{
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    RenderCatalogue catalogue(TRY(sqlite::Connection::open(directory / "gallery.sqlite")));
    TRY(catalogue.prepareTables());
    if (const auto list = directory / "gallery.json"; std::filesystem::exists(list, error))
        TRY(catalogue.takeOver(list));
    return catalogue;
}

Result<void> RenderCatalogue::prepareTables()
{
    std::int64_t version = 0;
    {
        auto query = TRY(m_connection.prepare("PRAGMA user_version"));
        if (TRY(query.step()))
            version = query.integer(0);
    }
    if (version > schemaVersion)
        return fail(Fault::Conflict, "gallery: it was written by a newer Art DAG; use that one");
    if (version == schemaVersion)
        return {};
    auto transaction = TRY(sqlite::Transaction::begin(m_connection));
    if (version < 1)
        TRY(m_connection.run(tables));
    TRY(m_connection.run(rendererColumn));
    TRY(m_connection.run("PRAGMA user_version = " + std::to_string(schemaVersion)));
    return transaction.commit();
}

/// Safe to be cut off anywhere: what is there already is left as it is.
Result<void> RenderCatalogue::takeOver(const std::filesystem::path& list)
{
    const Result<Json> json = readJson(TRY(readTextFile(list)));
    if (!json || !json->is_array())
        return fail(Fault::Corrupt, "gallery.json: it is no list of renders; move it away to go on without it");
    auto transaction = TRY(sqlite::Transaction::begin(m_connection));
    std::set<std::string> ids;
    for (const Json& each : *json) {
        if (!each.is_object())
            continue;
        RenderRecord record = recordOf(each);
        for (int number = 1; record.id.empty() || !ids.insert(record.id).second; ++number)
            record.id = textOf(each, "id") + "-" + std::to_string(number);
        TRY(insert(record, textOf(each, "recipe"), false));
    }
    TRY(transaction.commit());
    std::error_code error;
    std::filesystem::rename(list, list.string() + ".taken-over", error);
    return {};
}

Result<void> RenderCatalogue::insert(const RenderRecord& record, std::string_view recipeText, bool replace)
{
    const ContentId recipe = ContentId{sha3(bytesOf(recipeText))};
    auto text = TRY(m_connection.prepare("INSERT OR IGNORE INTO recipes (id, text) VALUES (?, ?)"));
    TRY(text.bind(1, recipe.digest).bind(2, recipeText).run());
    auto row = TRY(m_connection.prepare(std::string(replace ? "INSERT OR REPLACE" : "INSERT OR IGNORE") + " INTO renders (" + std::string(columns) + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    row.bind(1, record.id).bind(2, record.look ? 1 : 0).bind(3, record.title).bind(4, record.film).bind(5, record.provenance).bind(6, record.poster);
    row.bind(7, record.contentHash).bind(8, record.framesHash).bind(9, record.encode).bind(10, record.width).bind(11, record.height).bind(12, record.seconds);
    row.bind(13, record.made).bind(14, record.mark).bind(15, record.notes).bind(16, record.tags).bind(17, record.page).bind(18, record.parent).bind(19, recipe.digest).bind(20, record.renderer);
    return row.run();
}

Result<std::vector<RenderRecord>> RenderCatalogue::all()
{
    std::vector<RenderRecord> records;
    auto query = TRY(m_connection.prepare("SELECT " + std::string(columns) + " FROM renders ORDER BY made DESC, rowid DESC"));
    while (TRY(query.step())) {
        RenderRecord record;
        record.id = query.text(0);
        record.look = query.integer(1) != 0;
        record.title = query.text(2);
        record.film = query.text(3);
        record.provenance = query.text(4);
        record.poster = query.text(5);
        record.contentHash = query.text(6);
        record.framesHash = query.text(7);
        record.encode = query.text(8);
        record.width = static_cast<int>(query.integer(9));
        record.height = static_cast<int>(query.integer(10));
        record.seconds = query.real(11);
        record.made = query.integer(12);
        record.mark = query.text(13);
        record.notes = query.text(14);
        record.tags = query.text(15);
        record.page = query.text(16);
        record.parent = query.text(17);
        record.recipe = ContentId{TRY(query.digest(18))};
        record.renderer = query.text(19);
        records.push_back(std::move(record));
    }
    return records;
}

Result<void> RenderCatalogue::put(RenderRecord& record, std::string_view recipeText)
{
    auto transaction = TRY(sqlite::Transaction::begin(m_connection));
    TRY(insert(record, recipeText, true));
    TRY(transaction.commit());
    record.recipe = ContentId{sha3(bytesOf(recipeText))};
    return {};
}

Result<void> RenderCatalogue::update(const std::vector<RenderRecord>& records)
{
    auto transaction = TRY(sqlite::Transaction::begin(m_connection));
    auto row = TRY(m_connection.prepare("UPDATE renders SET mark = ?, notes = ?, tags = ?, page = ?, title = ? WHERE id = ?"));
    for (const RenderRecord& record : records)
        TRY(row.bind(1, record.mark).bind(2, record.notes).bind(3, record.tags).bind(4, record.page).bind(5, record.title).bind(6, record.id).run());
    return transaction.commit();
}

Result<void> RenderCatalogue::remove(const std::vector<std::string>& ids)
{
    auto transaction = TRY(sqlite::Transaction::begin(m_connection));
    auto row = TRY(m_connection.prepare("DELETE FROM renders WHERE id = ?"));
    for (const std::string& id : ids)
        TRY(row.bind(1, id).run());
    TRY(m_connection.run("DELETE FROM recipes WHERE NOT EXISTS (SELECT 1 FROM renders WHERE renders.recipe = recipes.id)"));
    return transaction.commit();
}

Result<std::vector<std::string>> RenderCatalogue::recipesWith(std::string_view words)
{
    std::vector<std::string> texts;
    auto query = TRY(m_connection.prepare("SELECT text FROM recipes WHERE instr(text, ?) > 0"));
    query.bind(1, words);
    while (TRY(query.step()))
        texts.push_back(query.text(0));
    return texts;
}

Result<std::string> RenderCatalogue::recipeText(const ContentId& recipe)
{
    auto query = TRY(m_connection.prepare("SELECT text FROM recipes WHERE id = ?"));
    if (!TRY(query.bind(1, recipe.digest).step()))
        return fail(Fault::NotFound, "gallery: the recipe of this render is not in it");
    return query.text(0);
}

} // namespace artdag
