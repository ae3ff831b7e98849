// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/embed.h"

#include "core/credentials/read_credentials.h"
#include "core/embed/container.h"

namespace artdag {

namespace {

Result<std::vector<Splice>> undoOf(const std::filesystem::path& film, const FilePlaces& file)
{
    const embed::Container* container = embed::containerOf(file);
    return container == nullptr ? std::vector<Splice>{} : TRY(embed::about(film, container->name, container->find(file))).undo;
}

} // namespace

Result<void> writeEmbedded(const std::filesystem::path& film, const std::filesystem::path& to, const Embedded& embedded)
{
    const FilePlaces file = TRY(FilePlaces::open(film));
    const embed::Container* container = embed::containerOf(file);
    if (container == nullptr)
        return fail(Fault::BadInput, "file '" + film.string() + "': a recipe can be put into PNG, JPEG, WebP, MP4, Matroska and WAV only; publish it with `--embed none`");
    if (embedded.manifest.size() > embed::mostBytes || embedded.recipe.size() > embed::mostBytes)
        return fail(Fault::BadInput, "file '" + film.string() + "': a recipe of more than 16 MB is not put into files; publish it with `--embed link`");
    if (!TRY(embed::about(film, container->name, container->find(file))).embedded.empty())
        return fail(Fault::BadInput, "file '" + film.string() + "': it carries a recipe or manifest already; give the file that was rendered");
    return writeSpliced(file, to, TRY(embed::about(film, container->name, container->put(file, embedded))));
}

Result<Embedded> readEmbedded(const std::filesystem::path& film)
{
    const FilePlaces file = TRY(FilePlaces::open(film));
    const embed::Container* container = embed::containerOf(file);
    return container == nullptr ? Embedded{} : TRY(embed::about(film, container->name, container->find(file))).embedded;
}

Result<void> writeBare(const std::filesystem::path& film, const std::filesystem::path& to)
{
    const FilePlaces file = TRY(FilePlaces::open(film));
    return writeSpliced(file, to, TRY(undoOf(film, file)));
}

Result<ContentId> bareContentId(const std::filesystem::path& film)
{
    const FilePlaces file = TRY(FilePlaces::open(film));
    Hasher hasher;
    TRY(forEachPart(file, TRY(undoOf(film, file)), [&](ByteView bytes) -> Result<void> { hasher.add(bytes); return {}; }));
    return ContentId{hasher.finish()};
}

namespace embed {

const Container* containerOf(const FilePlaces& file)
{
    const auto start = file.read(0, 16); // the shortest of all is longer
    for (const Container* one : {&png, &jpeg, &webp, &mp4, &matroska, &wav})
        if (start && one->matches(*start))
            return one;
    return nullptr;
}

bool isCredentialStore(ByteView jumbf)
{
    return jumbf.size() >= 32 && textOf(jumbf.subspan(4, 4)) == "jumb" && textOf(jumbf.subspan(12, 8)) == "jumdc2pa";
}

Result<bool> noteStore(Carried& carried, Bytes store, std::uint64_t begin, std::uint64_t end)
{
    if (!carried.store.empty())
        return fail(Fault::BadInput, "it has Content Credentials twice");
    carried.store = std::move(store);
    carried.storeAt = {begin, end};
    return areOurCredentials(carried.store);
}

std::uint64_t bigEndian(ByteView bytes)
{
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes)
        value = value << 8 | byte;
    return value;
}

std::uint64_t littleEndian(ByteView bytes)
{
    std::uint64_t value = 0;
    for (std::size_t at = bytes.size(); at-- > 0;)
        value = value << 8 | bytes[at];
    return value;
}

void addBigEndian(Bytes& to, std::uint64_t value, int count)
{
    for (int at = count - 1; at >= 0; --at)
        to.push_back(static_cast<std::uint8_t>(value >> (8 * at)));
}

void addLittleEndian(Bytes& to, std::uint64_t value, int count)
{
    for (int at = 0; at < count; ++at)
        to.push_back(static_cast<std::uint8_t>(value >> (8 * at)));
}

void add(Bytes& to, std::string_view text)
{
    to.insert(to.end(), text.begin(), text.end());
}

} // namespace embed

} // namespace artdag
