// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/identity/keys.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace artdag {

namespace {

// docs/formats/identity.md, "Key file".
constexpr std::string_view magic = "artdag.key.1\n";
constexpr std::size_t saltAt = 16, nonceAt = 32, headerSize = 44, tagSize = 16;
constexpr std::size_t longestFile = 16384;
constexpr std::uint8_t writtenCost = 17; // log2 N: 128 MiB and a third of a second for each guess
constexpr std::uint8_t leastCost = 10, greatestCost = 20, blockSize = 8, greatestParallel = 4;
constexpr std::string_view suffix = ".key";

using Secret = std::array<std::uint8_t, 32>;

struct Cleanser {
    void* memory;
    std::size_t size;
    ~Cleanser() { OPENSSL_cleanse(memory, size); }
};

class OpenFile {
public:
    explicit OpenFile(int fd)
        : m_fd(fd) {}
    ~OpenFile() { close(); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    [[nodiscard]] int get() const { return m_fd; }
    int close() { return m_fd < 0 ? 0 : ::close(std::exchange(m_fd, -1)); }

private:
    int m_fd;
};

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

Result<void> deriveKey(const std::string& passphrase, ByteView header, Secret& secret)
{
    const std::uint64_t n = std::uint64_t{1} << header[13];
    const std::uint64_t r = header[14], p = header[15];
    const std::uint64_t memory = 128 * r * (n + p + 2) + (1U << 20);
    const int done = EVP_PBE_scrypt(passphrase.data(), passphrase.size(), header.data() + saltAt, nonceAt - saltAt, n, r, p, memory, secret.data(), secret.size());
    ERR_clear_error();
    if (done != 1)
        return fail(Fault::Unavailable, "key file: not enough memory to open it");
    return {};
}

Bytes seal(const Secret& secret, ByteView header, ByteView plain)
{
    const CipherContext context(EVP_CIPHER_CTX_new());
    Bytes file(header.begin(), header.end());
    file.resize(header.size() + plain.size() + tagSize);
    int length = 0;
    int last = 0;
    CHECK(context && EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, secret.data(), header.data() + nonceAt) == 1);
    CHECK(EVP_EncryptUpdate(context.get(), nullptr, &length, header.data(), static_cast<int>(header.size())) == 1);
    CHECK(EVP_EncryptUpdate(context.get(), file.data() + header.size(), &length, plain.data(), static_cast<int>(plain.size())) == 1);
    CHECK(EVP_EncryptFinal_ex(context.get(), file.data() + header.size() + length, &last) == 1);
    CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tagSize, file.data() + file.size() - tagSize) == 1);
    return file;
}

/// False when the tag does not match: a wrong passphrase, or a changed file. The two cannot be told apart.
bool unseal(const Secret& secret, ByteView file, Bytes& plain)
{
    const CipherContext context(EVP_CIPHER_CTX_new());
    const ByteView header = file.first(headerSize);
    const ByteView sealed = file.subspan(headerSize, file.size() - headerSize - tagSize);
    Bytes tag(file.end() - tagSize, file.end());
    plain.resize(sealed.size());
    int length = 0;
    int last = 0;
    const bool good = context && EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, secret.data(), header.data() + nonceAt) == 1
        && EVP_DecryptUpdate(context.get(), nullptr, &length, header.data(), static_cast<int>(header.size())) == 1
        && EVP_DecryptUpdate(context.get(), plain.data(), &length, sealed.data(), static_cast<int>(sealed.size())) == 1
        && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tagSize, tag.data()) == 1
        && EVP_DecryptFinal_ex(context.get(), plain.data() + length, &last) == 1;
    ERR_clear_error();
    if (!good)
        OPENSSL_cleanse(plain.data(), plain.size());
    return good;
}

class KeyFiles : public KeyRing {
public:
    KeyFiles(std::filesystem::path directory, std::string passphrase)
        : m_directory(std::move(directory)),
          m_passphrase(std::move(passphrase)) {}
    ~KeyFiles() override { OPENSSL_cleanse(m_passphrase.data(), m_passphrase.size()); }
    KeyFiles(const KeyFiles&) = delete;
    KeyFiles& operator=(const KeyFiles&) = delete;

    Result<std::vector<std::string>> names() override
    {
        std::vector<std::string> names;
        std::error_code error;
        for (std::filesystem::directory_iterator entry(m_directory, error), end; !error && entry != end; entry.increment(error)) {
            const std::string file = entry->path().filename().string();
            const std::string name = file.ends_with(suffix) ? file.substr(0, file.size() - suffix.size()) : "";
            std::error_code ignored;
            if (isName(name) && entry->is_regular_file(ignored))
                names.push_back(name);
        }
        if (error && error != std::errc::no_such_file_or_directory)
            return tl::unexpected<Error>(systemError("directory '" + m_directory.string() + "'", error.value()));
        std::ranges::sort(names);
        return names;
    }

    Result<SigningKey> read(const std::string& name) override
    {
        const Bytes file = TRY(readGuarded(name));
        TRY(checkHeader(name, file));
        Secret secret{};
        const Cleanser cleanSecret{secret.data(), secret.size()};
        TRY(deriveKey(m_passphrase, ByteView(file).first(headerSize), secret));
        Bytes plain;
        if (!unseal(secret, file, plain))
            return fail(Fault::Denied, "key '" + name + "': wrong passphrase, or the file was changed");
        const Cleanser cleanPlain{plain.data(), plain.size()};
        auto key = SigningKey::fromDer(plain);
        if (!key)
            return fail(Fault::Corrupt, "key '" + name + "': the file holds something else than a key");
        return key;
    }

    Result<void> write(const std::string& name, const SigningKey& key) override
    {
        const std::filesystem::path target = TRY(pathOf(name));
        TRY(makeDirectory());
        Bytes header(magic.begin(), magic.end());
        header.insert(header.end(), {writtenCost, blockSize, 1});
        const Bytes random = secureRandom(headerSize - saltAt);
        header.insert(header.end(), random.begin(), random.end());
        Secret secret{};
        const Cleanser cleanSecret{secret.data(), secret.size()};
        TRY(deriveKey(m_passphrase, header, secret));
        Bytes plain = key.der();
        const Cleanser cleanPlain{plain.data(), plain.size()};
        return place(name, target, seal(secret, header, plain));
    }

    Result<void> remove(const std::string& name) override
    {
        const std::filesystem::path target = TRY(pathOf(name));
        if (::unlink(target.c_str()) != 0)
            return tl::unexpected<Error>(systemError("key '" + name + "'", errno));
        return syncDirectory();
    }

    Result<void> exchange(const std::string& name, const std::string& other) override
    {
        if (::renameat2(AT_FDCWD, TRY(pathOf(name)).c_str(), AT_FDCWD, TRY(pathOf(other)).c_str(), RENAME_EXCHANGE) != 0)
            return tl::unexpected<Error>(systemError("keys '" + name + "' and '" + other + "'", errno));
        return syncDirectory();
    }

private:
    static bool isName(std::string_view name)
    {
        return !name.empty() && name.size() <= 64
            && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
    }

    [[nodiscard]] Result<std::filesystem::path> pathOf(const std::string& name) const
    {
        if (!isName(name))
            return fail(Fault::BadInput, "key name: must be 1–64 characters of a–z, 0–9, _ and -");
        return m_directory / (name + std::string(suffix));
    }

    Result<void> makeDirectory()
    {
        std::error_code error;
        std::filesystem::create_directories(m_directory.parent_path(), error);
        if (::mkdir(m_directory.c_str(), 0700) != 0 && errno != EEXIST)
            return tl::unexpected<Error>(systemError("directory '" + m_directory.string() + "'", errno));
        return {};
    }

    Result<void> syncDirectory()
    {
        const OpenFile directory(::open(m_directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (directory.get() < 0 || ::fsync(directory.get()) != 0)
            return tl::unexpected<Error>(systemError("directory '" + m_directory.string() + "'", errno));
        return {};
    }

    /// The facts that are checked are those of the very file that is read, not of its name.
    Result<Bytes> readGuarded(const std::string& name)
    {
        const std::filesystem::path path = TRY(pathOf(name));
        const std::string object = "key '" + name + "'";
        const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
        if (file.get() < 0 && errno == ELOOP)
            return fail(Fault::Denied, object + ": its file is a symbolic link");
        struct stat facts {};
        if (file.get() < 0 || ::fstat(file.get(), &facts) != 0)
            return tl::unexpected<Error>(systemError(object, errno));
        if (!S_ISREG(facts.st_mode) || facts.st_uid != ::geteuid())
            return fail(Fault::Denied, object + ": its file must be a plain file of your own");
        if ((facts.st_mode & 077U) != 0)
            return fail(Fault::Denied, object + ": others may open its file; make it private with chmod 600");
        Bytes bytes(longestFile + 1);
        std::size_t size = 0;
        while (size < bytes.size()) {
            const ssize_t count = ::read(file.get(), bytes.data() + size, bytes.size() - size);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return tl::unexpected<Error>(systemError(object, errno));
            if (count == 0)
                break;
            size += static_cast<std::size_t>(count);
        }
        bytes.resize(size);
        return bytes;
    }

    static Result<void> checkHeader(const std::string& name, ByteView file)
    {
        const std::string object = "key '" + name + "'";
        if (file.size() <= headerSize + tagSize || file.size() > longestFile || std::memcmp(file.data(), magic.data(), magic.size()) != 0)
            return fail(Fault::Corrupt, object + ": not a key file of version 1");
        if (file[13] < leastCost || file[13] > greatestCost || file[14] != blockSize || file[15] < 1 || file[15] > greatestParallel)
            return fail(Fault::Corrupt, object + ": its scrypt parameters are outside the allowed range");
        return {};
    }

    /// Written beside, synced, then renamed without replacing: a crash leaves no key or the whole key.
    Result<void> place(const std::string& name, const std::filesystem::path& target, ByteView bytes)
    {
        const std::filesystem::path beside = m_directory / (".part-" + hexOf(secureRandom(16)));
        OpenFile file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (file.get() < 0)
            return tl::unexpected<Error>(systemError("key '" + name + "'", errno));
        bool good = ::fchmod(file.get(), 0600) == 0;
        while (good && !bytes.empty()) {
            const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
            good = count > 0 || (count < 0 && errno == EINTR);
            bytes = bytes.subspan(count > 0 ? static_cast<std::size_t>(count) : 0);
        }
        good = good && ::fdatasync(file.get()) == 0 && file.close() == 0
            && ::renameat2(AT_FDCWD, beside.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0;
        if (!good) {
            const int code = errno;
            ::unlink(beside.c_str());
            if (code == EEXIST)
                return fail(Fault::Conflict, "key '" + name + "': there is one of this name already");
            return tl::unexpected<Error>(systemError("key '" + name + "'", code));
        }
        return syncDirectory();
    }

    std::filesystem::path m_directory;
    std::string m_passphrase;
};

} // namespace

std::unique_ptr<KeyRing> openKeyFiles(const std::filesystem::path& directory, std::string passphrase)
{
    return std::make_unique<KeyFiles>(directory, std::move(passphrase));
}

} // namespace artdag
