// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operation/sealed_file.h"

#include "core/base/files.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace artdag::server {

namespace {

// docs/formats/backup.md.
constexpr std::string_view magic = "artdag.backup.1\n";
constexpr std::size_t costAt = 16, saltAt = 19, nonceAt = 35, headerSize = 42, tagSize = 16, blockSize = std::size_t{64} << 10;
constexpr std::uint8_t writtenCost = 17, leastCost = 10, greatestCost = 20; // log2 N: 128 MiB for each guess

using Secret = std::array<std::uint8_t, 32>;

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// Nonce of a block: the file's own seven bytes, the block's number, and whether it is the last (the STREAM construction of
/// Hoang, Reyhanitabar, Rogaway and Vizár).
std::array<std::uint8_t, 12> nonceOf(ByteView header, std::uint32_t block, bool last)
{
    std::array<std::uint8_t, 12> nonce{};
    std::memcpy(nonce.data(), header.data() + nonceAt, 7);
    for (std::size_t i = 0; i < 4; ++i)
        nonce[7 + i] = static_cast<std::uint8_t>(block >> (24 - 8 * i));
    nonce[11] = last ? 1 : 0;
    return nonce;
}

Result<void> deriveSecret(const std::string& passphrase, ByteView header, Secret& secret)
{
    const std::uint64_t n = std::uint64_t{1} << header[costAt];
    const std::uint64_t r = header[costAt + 1], p = header[costAt + 2];
    const int done = EVP_PBE_scrypt(passphrase.data(), passphrase.size(), header.data() + saltAt, nonceAt - saltAt, n, r, p, 128 * r * (n + p + 2) + (1U << 20), secret.data(), secret.size());
    ERR_clear_error();
    if (done != 1)
        return fail(Fault::Unavailable, "backup: not enough memory to open it");
    return {};
}

/// Seals (or opens, false when the tag does not fit) one block in place; its tag stands behind it.
bool crypt(bool sealing, const Secret& secret, ByteView header, std::uint32_t block, bool last, Bytes& bytes)
{
    const std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context(EVP_CIPHER_CTX_new());
    const auto nonce = nonceOf(header, block, last);
    const std::size_t size = sealing ? bytes.size() : bytes.size() - tagSize;
    std::array<std::uint8_t, tagSize> tag{};
    if (!sealing)
        std::memcpy(tag.data(), bytes.data() + size, tagSize);
    int length = 0, rest = 0;
    bool good = context && EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, secret.data(), nonce.data(), sealing ? 1 : 0) == 1
        && EVP_CipherUpdate(context.get(), nullptr, &length, header.data(), static_cast<int>(header.size())) == 1
        && (size == 0 || EVP_CipherUpdate(context.get(), bytes.data(), &length, bytes.data(), static_cast<int>(size)) == 1)
        && (sealing || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tagSize, tag.data()) == 1)
        && EVP_CipherFinal_ex(context.get(), bytes.data() + size, &rest) == 1
        && (!sealing || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tagSize, tag.data()) == 1);
    ERR_clear_error();
    if (sealing)
        bytes.insert(bytes.end(), tag.begin(), tag.end());
    else
        bytes.resize(size);
    return good;
}

std::string called(const std::filesystem::path& file)
{
    return "backup '" + file.filename().string() + "'";
}

} // namespace

struct SealedWriter::State {
    std::filesystem::path file, beside;
    std::unique_ptr<std::FILE, CloseFile> out;
    Bytes header, block;
    Secret secret{};
    std::uint32_t number = 0;

    ~State()
    {
        OPENSSL_cleanse(secret.data(), secret.size());
        if (out)
            ::unlink(beside.c_str());
    }
    Result<void> put(ByteView bytes)
    {
        if (std::fwrite(bytes.data(), 1, bytes.size(), out.get()) != bytes.size())
            return tl::unexpected<Error>(systemError(called(file), errno));
        return {};
    }
    Result<void> putBlock(bool last)
    {
        if (number == UINT32_MAX)
            return fail(Fault::BadInput, called(file) + ": it would be longer than 256 TB");
        CHECK(crypt(true, secret, header, number++, last, block));
        const auto written = put(block);
        block.clear();
        return written;
    }
};

SealedWriter::SealedWriter(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
SealedWriter::SealedWriter(SealedWriter&&) noexcept = default;
SealedWriter::~SealedWriter() = default;

Result<SealedWriter> SealedWriter::create(const std::filesystem::path& file, const std::string& passphrase)
{
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored))
        return fail(Fault::Conflict, called(file) + ": there is a file of this name; choose another");
    auto state = std::make_unique<State>();
    state->file = file;
    state->beside = file.string() + ".part-" + hexOf(secureRandom(8));
    const int descriptor = ::open(state->beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return tl::unexpected<Error>(systemError(called(file), errno));
    state->out.reset(::fdopen(descriptor, "wb"));
    CHECK(state->out != nullptr);
    state->header.assign(magic.begin(), magic.end());
    state->header.insert(state->header.end(), {writtenCost, 8, 1});
    const Bytes random = secureRandom(headerSize - saltAt);
    state->header.insert(state->header.end(), random.begin(), random.end());
    TRY(deriveSecret(passphrase, state->header, state->secret));
    TRY(state->put(state->header));
    return SealedWriter(std::move(state));
}

Result<void> SealedWriter::write(ByteView bytes)
{
    State& state = *m_state;
    while (!bytes.empty()) {
        if (state.block.size() == blockSize)
            TRY(state.putBlock(false));
        const std::size_t count = std::min(blockSize - state.block.size(), bytes.size());
        state.block.insert(state.block.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
        bytes = bytes.subspan(count);
    }
    return {};
}

Result<void> SealedWriter::finish()
{
    State& state = *m_state;
    TRY(state.putBlock(true));
    if (std::fflush(state.out.get()) != 0 || ::fdatasync(::fileno(state.out.get())) != 0 || ::rename(state.beside.c_str(), state.file.c_str()) != 0)
        return tl::unexpected<Error>(systemError(called(state.file), errno));
    state.out.reset();
    return {};
}

struct SealedReader::State {
    std::filesystem::path file;
    std::unique_ptr<std::FILE, CloseFile> in;
    Bytes header, ahead; ///< the sealed block that comes next: whether it is the last is seen by what follows
    Bytes open;          ///< bytes that were opened and not taken yet
    std::size_t at = 0;
    Secret secret{};
    std::uint32_t number = 0;
    bool ended = false;

    ~State() { OPENSSL_cleanse(secret.data(), secret.size()); }
    Bytes sealedBlock()
    {
        Bytes bytes(blockSize + tagSize);
        bytes.resize(std::fread(bytes.data(), 1, bytes.size(), in.get()));
        return bytes;
    }
    Result<void> more()
    {
        if (ended)
            return {};
        Bytes block = std::exchange(ahead, sealedBlock());
        ended = ahead.empty();
        if (block.size() < tagSize || !crypt(false, secret, header, number++, ended, block))
            return fail(Fault::Denied, called(file) + ": wrong passphrase, or the file was changed or cut");
        open = std::move(block);
        at = 0;
        return {};
    }
};

SealedReader::SealedReader(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
SealedReader::SealedReader(SealedReader&&) noexcept = default;
SealedReader::~SealedReader() = default;

Result<SealedReader> SealedReader::open(const std::filesystem::path& file, const std::string& passphrase)
{
    auto state = std::make_unique<State>();
    state->file = file;
    state->in.reset(std::fopen(file.c_str(), "rbe"));
    if (!state->in)
        return tl::unexpected<Error>(systemError(called(file), errno));
    state->header.resize(headerSize);
    const bool whole = std::fread(state->header.data(), 1, headerSize, state->in.get()) == headerSize;
    const std::uint8_t cost = state->header[costAt];
    if (!whole || std::memcmp(state->header.data(), magic.data(), magic.size()) != 0 || cost < leastCost || cost > greatestCost || state->header[costAt + 1] != 8 || state->header[costAt + 2] != 1)
        return fail(Fault::Corrupt, called(file) + ": it is no backup of version 1");
    TRY(deriveSecret(passphrase, state->header, state->secret));
    state->ahead = state->sealedBlock();
    return SealedReader(std::move(state));
}

Result<Bytes> SealedReader::read()
{
    State& state = *m_state;
    if (state.at == state.open.size()) {
        state.open.clear();
        state.at = 0;
        TRY(state.more());
    }
    Bytes bytes(state.open.begin() + static_cast<std::ptrdiff_t>(state.at), state.open.end());
    state.at = state.open.size();
    return bytes;
}

Result<Bytes> SealedReader::read(std::size_t count)
{
    State& state = *m_state;
    Bytes bytes;
    while (bytes.size() < count) {
        if (state.at == state.open.size()) {
            if (state.ended)
                return fail(Fault::Corrupt, called(state.file) + ": it ends too early");
            TRY(state.more());
            continue;
        }
        const std::size_t taken = std::min(count - bytes.size(), state.open.size() - state.at);
        const auto from = state.open.begin() + static_cast<std::ptrdiff_t>(state.at);
        bytes.insert(bytes.end(), from, from + static_cast<std::ptrdiff_t>(taken));
        state.at += taken;
    }
    return bytes;
}

Result<std::string> SealedReader::readLine(std::size_t longest)
{
    std::string line;
    while (line.size() <= longest) {
        const char c = static_cast<char>(TRY(read(1)).front());
        if (c == '\n')
            return line;
        line += c;
    }
    return fail(Fault::Corrupt, called(m_state->file) + ": a line is too long");
}

} // namespace artdag::server
