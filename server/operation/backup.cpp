// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operation/backup.h"

#include "core/base/files.h"
#include "core/base/json.h"
#include "server/db/dump.h"
#include "server/operation/sealed_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <optional>

namespace artdag::server {

namespace {

namespace fs = std::filesystem;
constexpr std::size_t longestPiece = std::size_t{64} << 10;

/// An entry is a line `{"name":…}`, then pieces of a length in four bytes, the last of length 0.
class EntryWriter {
public:
    explicit EntryWriter(SealedWriter& out)
        : m_out(out)
    {
    }
    Result<void> begin(const std::string& name) { return m_out.write(bytesOf(Json{{"name", name}}.dump() + "\n")); }
    Result<void> piece(std::string_view bytes)
    {
        for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), longestPiece))) {
            const std::string_view part = bytes.substr(0, longestPiece);
            TRY(length(part.size()));
            TRY(m_out.write(bytesOf(part)));
        }
        return {};
    }
    Result<void> end() { return length(0); }

private:
    Result<void> length(std::size_t count)
    {
        const std::array<std::uint8_t, 4> bytes{static_cast<std::uint8_t>(count >> 24), static_cast<std::uint8_t>(count >> 16), static_cast<std::uint8_t>(count >> 8), static_cast<std::uint8_t>(count)};
        return m_out.write(bytes);
    }
    SealedWriter& m_out;
};

Result<void> addFile(EntryWriter& out, const fs::path& file, const std::string& name)
{
    const std::string bytes = TRY(readTextFile(file, 1U << 20));
    TRY(out.begin(name));
    TRY(out.piece(bytes));
    return out.end();
}

Result<void> addMediaList(EntryWriter& out, const fs::path& objects)
{
    TRY(out.begin("media.txt"));
    std::error_code error;
    for (fs::recursive_directory_iterator entry(objects, error), end; !error && entry != end; entry.increment(error))
        if (entry->is_regular_file())
            TRY(out.piece(fmt::format("{} {}\n", entry->file_size(), fs::relative(entry->path(), objects).string())));
    if (error)
        return tl::unexpected<Error>(systemError("directory '" + objects.filename().string() + "'", error.value()));
    return out.end();
}

bool isPlainName(std::string_view name)
{
    return !name.empty() && name.size() <= 100 && name.front() != '.' && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'; });
}

/// The file that an entry becomes; nothing for a name that no backup of ours has.
std::optional<fs::path> placeOf(const std::string& name, const fs::path& directory)
{
    for (const char* folder : {"keys", "secrets"})
        if (name.starts_with(folder + std::string("/")) && isPlainName(name.substr(std::strlen(folder) + 1)))
            return directory / name;
    if (name == "artdagd.toml")
        return directory / name;
    return {};
}

/// What a restoration has written so far; taken away again unless it succeeds.
struct Written {
    std::vector<fs::path> files;
    ~Written()
    {
        std::error_code ignored;
        for (const fs::path& file : files)
            fs::remove(file, ignored);
    }
};

Result<void> checkIsEmpty(const fs::path& directory, const std::string& databaseUrl)
{
    std::error_code ignored;
    auto holdsFiles = [&](const char* name) { return fs::exists(directory / name, ignored) && !fs::is_empty(directory / name, ignored); };
    if (fs::exists(directory / "artdagd.sqlite", ignored) || holdsFiles("keys") || holdsFiles("secrets"))
        return fail(Fault::Conflict, "directory '" + directory.string() + "': there is a server in it already; restore into another");
    if (!isPostgresUrl(databaseUrl) && fs::exists(databaseUrl.starts_with("sqlite:") ? databaseUrl.substr(7) : databaseUrl, ignored))
        return fail(Fault::Conflict, "database: its file is there already; restore into another");
    fs::create_directories(directory, ignored);
    for (const char* name : {"keys", "secrets", "objects", "tmp"}) {
        fs::create_directories(directory / name, ignored);
        fs::permissions(directory / name, fs::perms::owner_all, ignored);
    }
    return {};
}

void noteMedia(MissingMedia& missing, std::string_view line, const fs::path& objects)
{
    const std::size_t space = line.find(' ');
    std::error_code ignored;
    if (space == std::string_view::npos || fs::exists(objects / line.substr(space + 1), ignored))
        return;
    ++missing.files;
    missing.bytes += std::strtoull(std::string(line.substr(0, space)).c_str(), nullptr, 10);
    if (missing.first.size() < 5)
        missing.first.emplace_back(line.substr(space + 1));
}

/// Gives the pieces of one entry to `take`.
Result<void> readPieces(SealedReader& in, const std::function<Result<void>(std::string_view)>& take)
{
    for (;;) {
        const Bytes head = TRY(in.read(4));
        const std::size_t length = std::size_t{head[0]} << 24 | std::size_t{head[1]} << 16 | std::size_t{head[2]} << 8 | std::size_t{head[3]};
        if (length > longestPiece)
            return fail(Fault::Corrupt, "backup: a piece is too long");
        if (length == 0)
            return {};
        const Bytes bytes = TRY(in.read(length));
        TRY(take({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
    }
}

Result<void> restoreEntry(SealedReader& in, const std::string& name, const fs::path& directory, Written& written, DumpReader& dump, MissingMedia& missing)
{
    if (name == "database.dump")
        return readPieces(in, [&](std::string_view piece) { return dump.take(piece); });
    if (name == "media.txt") {
        std::string line;
        return readPieces(in, [&](std::string_view piece) -> Result<void> {
            for (const char c : piece) {
                if (c != '\n')
                    line += c;
                else
                    noteMedia(missing, std::exchange(line, {}), directory / "objects");
            }
            return {};
        });
    }
    const auto place = placeOf(name, directory);
    if (!place)
        return fail(Fault::Corrupt, "backup: it has an entry that does not belong there");
    std::string bytes;
    TRY(readPieces(in, [&](std::string_view piece) -> Result<void> {
        bytes += piece;
        return bytes.size() <= (1U << 20) ? Result<void>() : fail(Fault::Corrupt, "backup: an entry is too long");
    }));
    written.files.push_back(*place);
    return writeFileAtomically(*place, bytesOf(bytes), place->extension() == ".pub" ? 0644 : 0600);
}

} // namespace

Result<void> backUp(Database& database, const fs::path& directory, const fs::path& file, const std::string& passphrase)
{
    SealedWriter sealed = TRY(SealedWriter::create(file, passphrase));
    EntryWriter out(sealed);
    TRY(out.begin("database.dump"));
    TRY(writeDump(database, [&](std::string_view piece) { return out.piece(piece); }));
    TRY(out.end());
    for (const char* folder : {"keys", "secrets"}) {
        std::error_code error;
        for (fs::directory_iterator entry(directory / folder, error), end; !error && entry != end; entry.increment(error))
            if (entry->is_regular_file() && isPlainName(entry->path().filename().string()))
                TRY(addFile(out, entry->path(), std::string(folder) + "/" + entry->path().filename().string()));
        if (error)
            return tl::unexpected<Error>(systemError("directory '" + (directory / folder).string() + "'", error.value()));
    }
    std::error_code ignored;
    if (fs::exists(directory / "artdagd.toml", ignored))
        TRY(addFile(out, directory / "artdagd.toml", "artdagd.toml"));
    TRY(addMediaList(out, directory / "objects"));
    TRY(out.begin("end"));
    return sealed.finish();
}

Result<MissingMedia> restore(const fs::path& file, const std::string& passphrase, const fs::path& directory, const std::string& databaseUrl)
{
    SealedReader in = TRY(SealedReader::open(file, passphrase));
    std::string line = TRY(in.readLine(1000)); // a wrong passphrase makes no directory
    TRY(checkIsEmpty(directory, databaseUrl));
    Written written;
    if (!isPostgresUrl(databaseUrl))
        for (const char* more : {"", "-wal", "-shm"})
            written.files.emplace_back((databaseUrl.starts_with("sqlite:") ? databaseUrl.substr(7) : databaseUrl) + more);
    MissingMedia missing;
    {
        DumpReader dump(databaseUrl);
        for (;; line = TRY(in.readLine(1000))) {
            const Json head = TRY(readJson(line));
            const std::string name = head.is_object() && head.contains("name") && head["name"].is_string() ? head["name"].get<std::string>() : "";
            if (name == "end")
                break;
            TRY(restoreEntry(in, name, directory, written, dump, missing));
        }
        TRY(dump.finish());
    }
    written.files.clear();
    return missing;
}

} // namespace artdag::server
