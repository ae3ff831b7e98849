// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/records.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

namespace artdag {

namespace {

constexpr std::size_t longestRecord = 64U << 20;

template <class... Cases>
struct Match : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Match(Cases...) -> Match<Cases...>;

Json jsonOfIds(const std::vector<ContentId>& ids)
{
    Json list = Json::array();
    for (const ContentId& id : ids)
        list.push_back(id.hex());
    return list;
}

std::vector<ContentId> idsOfJson(const Json& list)
{
    std::vector<ContentId> ids;
    for (const Json& hex : list)
        ids.push_back(nameOfText<ContentId>(hex.get<std::string>()).value());
    return ids;
}

Json jsonOf(const ActionRecord& action)
{
    return {{"record", "action"}, {"kind", action.kind}, {"key", hexOf(action.key)}, {"objects", jsonOfIds(action.result.objects)}, {"facts", action.result.facts}, {"cost", action.result.costMicroseconds}};
}

Json jsonOf(const Root& root)
{
    return {{"record", "root"}, {"kind", static_cast<int>(root.kind)}, {"name", root.name}, {"keeps", jsonOfIds(root.keeps)}, {"intermediates", jsonOfIds(root.intermediates)}};
}

Json jsonOf(const FileRow& file)
{
    // A path is bytes, not text.
    return {{"record", "file"}, {"path", hexOf(bytesOf(file.path))}, {"id", file.id.hex()}, {"device", file.mark.device}, {"inode", file.mark.inode}, {"size", file.mark.size}, {"modified", file.mark.modified}, {"changed", file.mark.changed},
        {"render", file.kind == ObjectClass::Render}, {"sha256", file.sha256 ? Json(hexOf(*file.sha256)) : Json()}, {"settled", file.settled}};
}

/// JSON has one kind of number; a fraction, or one that no integer holds, is none of ours.
template <class Number>
Number whole(const Json& json)
{
    if (!json.is_number_integer())
        throw std::out_of_range("number");
    return json.get<Number>();
}

Record recordOf(const Json& json)
{
    const std::string& kind = json.at("record").get_ref<const std::string&>();
    if (kind == "action")
        return ActionRecord{json.at("kind").get<std::string>(), digestOfText(json.at("key").get<std::string>()).value(), {idsOfJson(json.at("objects")), json.at("facts"), whole<std::uint64_t>(json.at("cost"))}};
    if (kind == "root") {
        const int number = whole<int>(json.at("kind"));
        if (number < 0 || number > static_cast<int>(Root::Kind::Work))
            throw std::out_of_range("kind");
        return Root{static_cast<Root::Kind>(number), json.at("name").get<std::string>(), idsOfJson(json.at("keeps")), idsOfJson(json.at("intermediates"))};
    }
    FileRow file;
    const Bytes path = bytesOfHex(json.at("path").get<std::string>()).value();
    file.path.assign(path.begin(), path.end());
    file.id = nameOfText<ContentId>(json.at("id").get<std::string>()).value();
    file.mark = {whole<std::uint64_t>(json.at("device")), whole<std::uint64_t>(json.at("inode")), whole<std::uint64_t>(json.at("size")), whole<std::int64_t>(json.at("modified")), whole<std::int64_t>(json.at("changed"))};
    file.kind = json.at("render").get<bool>() ? ObjectClass::Render : ObjectClass::Asset;
    if (json.at("sha256").is_string())
        file.sha256 = digestOfText(json.at("sha256").get<std::string>()).value();
    file.linked = true; // no others are recorded
    file.settled = json.at("settled").get<bool>();
    return file;
}

} // namespace

Digest nameOfAction(std::string_view kind, const Digest& key)
{
    return Hasher().add("artdag.record.action\n").addText(kind).add(ByteView(key)).finish();
}

Digest nameOfRoot(Root::Kind kind, std::string_view name)
{
    return Hasher().add("artdag.record.root\n").addU32(static_cast<std::uint32_t>(kind)).addText(name).finish();
}

Digest nameOfFile(std::string_view path)
{
    return Hasher().add("artdag.record.file\n").addText(path).finish();
}

Digest nameOfRecord(const Record& record)
{
    return std::visit(Match{[](const ActionRecord& action) { return nameOfAction(action.kind, action.key); },
                          [](const Root& root) { return nameOfRoot(root.kind, root.name); },
                          [](const FileRow& file) { return nameOfFile(file.path); }},
        record);
}

Result<std::string> textOfRecord(const Record& record)
{
    try {
        // Members sorted, as the docs say; numbers stay whole, which RFC 8785 would not leave them above 2^53.
        std::string line = nlohmann::json::parse(std::visit([](const auto& one) { return jsonOf(one); }, record).dump()).dump();
        line += "\n" + hexOf(sha3(bytesOf(line))) + "\n";
        return line;
    } catch (const std::exception&) {
        return fail(Fault::BadInput, "record: it holds a text that is not UTF-8");
    }
}

Result<Record> readRecord(std::string_view text)
{
    const auto end = text.find('\n');
    if (end == std::string_view::npos || text.substr(end) != "\n" + hexOf(sha3(bytesOf(text.substr(0, end)))) + "\n")
        return fail(Fault::Corrupt, "record: its bytes are damaged");
    const auto json = readJson(text.substr(0, end));
    if (!json)
        return fail(Fault::Corrupt, "record: it is no JSON");
    try {
        return recordOf(*json);
    } catch (const std::exception&) {
        return fail(Fault::Corrupt, "record: a member is missing or wrong");
    }
}

std::filesystem::path RecordFiles::pathOf(const Digest& name) const
{
    const std::string hex = hexOf(name);
    return m_root / "records" / hex.substr(0, 2) / hex.substr(2);
}

Result<void> RecordFiles::write(const std::string& lease, const Record& record)
{
    const std::string text = TRY(textOfRecord(record));
    const auto target = pathOf(nameOfRecord(record));
    const auto beside = m_root / "tmp" / (lease + hexOf(secureRandom(8)));
    disk::Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0)
        return disk::failed("making a record", errno);
    auto written = disk::writeAll(file, bytesOf(text));
    if (written && ::fdatasync(file.get()) != 0)
        written = disk::failed("syncing a record", errno);
    if (const int code = file.close(); written && code != 0)
        written = disk::failed("closing a record", code);
    if (written && ::rename(beside.c_str(), target.c_str()) != 0) {
        written = errno == ENOENT ? disk::makeDirectory(target.parent_path()) : Result<void>(disk::failed("moving a record into place", errno));
        if (written && ::rename(beside.c_str(), target.c_str()) != 0)
            written = disk::failed("moving a record into place", errno);
    }
    if (!written) {
        ::unlink(beside.c_str());
        return written;
    }
    return disk::syncDirectory(target.parent_path());
}

Result<void> RecordFiles::remove(const Digest& name)
{
    const auto path = pathOf(name);
    if (::unlink(path.c_str()) == 0)
        return disk::syncDirectory(path.parent_path());
    return errno == ENOENT ? Result<void>() : Result<void>(disk::failed("removing a record", errno));
}

void RecordFiles::drop(const Digest& name)
{
    ::unlink(pathOf(name).c_str());
}

Result<void> RecordFiles::each(const std::function<Result<void>(const Record&)>& visit) const
{
    for (int i = 0; i < 256; ++i)
        for (const std::string& name : TRY(disk::namesIn(m_root / "records" / disk::twoDigits(i)))) {
            const auto path = m_root / "records" / disk::twoDigits(i) / name;
            const auto opened = disk::openToRead(path);
            // One that cannot be read just now, for want of descriptors or by a fault of the disk, keeps what it keeps.
            if (std::error_code ignored; !opened && std::filesystem::symlink_status(path, ignored).type() == std::filesystem::file_type::regular)
                return fail(opened.error().fault, opened.error().message + " (" + path.lexically_relative(m_root).string() + ")");
            const Bytes text = opened && opened->mark.size <= longestRecord ? TRY(disk::readAll(opened->file)) : Bytes();
            const auto record = readRecord({reinterpret_cast<const char*>(text.data()), text.size()});
            if (record && pathOf(nameOfRecord(*record)) == path)
                TRY(visit(*record));
            else
                ::unlink(path.c_str());
        }
    return {};
}

} // namespace artdag
