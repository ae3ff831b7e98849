// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/secret_ring.h"

#include <dlfcn.h>

#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string_view>
#include <thread>
#include <type_traits>

namespace artdag {

namespace {

// The part of libsecret's and GLib's C interface that is called here: libsecret/secret-password.h and secret-schema.h (0.20), glib/gerror.h.
struct Schema {
    const char* name;
    int flags;
    struct {
        const char* name;
        int type; ///< 0: a string
    } attributes[32];
    int reserved;
    void* further[7];
};
struct GlibError {
    std::uint32_t domain;
    int code;
    char* message;
};
constexpr int isLocked = 2, noSuchObject = 3; // SecretError

constexpr Schema schema{"org.artdag.Secret", 0, {{"name", 0}}, 0, {}};

struct Calls {
    char* (*lookup)(const Schema*, void* cancellable, GlibError**, ...) = nullptr;
    int (*store)(const Schema*, const char* collection, const char* label, const char* password, void* cancellable, GlibError**, ...) = nullptr;
    int (*clear)(const Schema*, void* cancellable, GlibError**, ...) = nullptr;
    void (*freePassword)(char*) = nullptr;
    void* (*newCancellable)() = nullptr;
    void (*cancel)(void*) = nullptr;
    void (*unref)(void*) = nullptr;
    void (*freeError)(GlibError*) = nullptr;
    const char* (*nameOfQuark)(std::uint32_t) = nullptr;
    bool complete = false;
};

Calls loadCalls()
{
    Calls calls;
    void* library = ::dlopen("libsecret-1.so.0", RTLD_LAZY | RTLD_LOCAL); // stays: GLib cannot be unloaded
    if (library == nullptr)
        return calls;
    bool complete = true;
    const auto find = [&](auto& call, const char* name) {
        call = reinterpret_cast<std::remove_reference_t<decltype(call)>>(::dlsym(library, name)); // GLib's come with it
        complete = complete && call != nullptr;
    };
    find(calls.lookup, "secret_password_lookup_sync");
    find(calls.store, "secret_password_store_sync");
    find(calls.clear, "secret_password_clear_sync");
    find(calls.freePassword, "secret_password_free");
    find(calls.newCancellable, "g_cancellable_new");
    find(calls.cancel, "g_cancellable_cancel");
    find(calls.unref, "g_object_unref");
    find(calls.freeError, "g_error_free");
    find(calls.nameOfQuark, "g_quark_to_string");
    calls.complete = complete;
    return calls;
}

/// Without a session bus nobody can answer, and GLib would try to start one.
bool hasBus()
{
    const char* address = std::getenv("DBUS_SESSION_BUS_ADDRESS");
    if (address != nullptr && *address != '\0')
        return std::string_view(address) != "disabled:";
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    std::error_code error;
    return runtime != nullptr && std::filesystem::exists(std::filesystem::path(runtime) / "bus", error);
}

class SecretService final : public SecretRing {
public:
    explicit SecretService(std::chrono::seconds patience)
        : m_patience(patience)
    {
    }
    Result<std::string> read(const std::string& name) override
    {
        std::string secret;
        bool found = false;
        TRY(call([&](const Calls& calls, void* cancellable, GlibError** error) {
            char* text = calls.lookup(&schema, cancellable, error, "name", name.c_str(), nullptr);
            found = text != nullptr;
            if (found)
                secret = text;
            calls.freePassword(text); // and wiped
        }));
        if (!found)
            return fail(Fault::NotFound, "keychain: it has no '" + name + "', or it is locked");
        return secret;
    }
    Result<void> write(const std::string& name, const std::string& secret) override
    {
        return call([&](const Calls& calls, void* cancellable, GlibError** error) {
            calls.store(&schema, nullptr, ("Art DAG: " + name).c_str(), secret.c_str(), cancellable, error, "name", name.c_str(), nullptr);
        });
    }
    Result<void> remove(const std::string& name) override
    {
        return call([&](const Calls& calls, void* cancellable, GlibError** error) { calls.clear(&schema, cancellable, error, "name", name.c_str(), nullptr); });
    }
    void giveUp() override
    {
        const std::lock_guard lock(m_mutex);
        m_givenUp = true;
        m_wake.notify_all();
    }

private:
    /// One question, which a thread beside it ends when nobody answers.
    template <class Ask>
    Result<void> call(const Ask& ask)
    {
        if (!hasBus())
            return fail(Fault::Unavailable, "keychain: there is none here");
        static const Calls calls = loadCalls();
        if (!calls.complete)
            return fail(Fault::Unavailable, "keychain: libsecret is not installed");
        const std::lock_guard oneAtATime(m_asking);
        void* cancellable = calls.newCancellable();
        bool done = false;
        std::jthread watch([&] {
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, m_patience, [&] { return done || m_givenUp; });
            if (!done)
                calls.cancel(cancellable);
        });
        GlibError* error = nullptr;
        ask(calls, cancellable, &error);
        {
            const std::lock_guard lock(m_mutex);
            done = true;
            m_wake.notify_all();
        }
        watch.join();
        calls.unref(cancellable);
        if (error == nullptr)
            return {};
        const char* domain = calls.nameOfQuark(error->domain);
        const bool ofSecrets = domain != nullptr && std::string_view(domain) == "secret-error";
        const bool denied = ofSecrets && (error->code == isLocked || error->code == noSuchObject);
        const std::string words = denied ? "keychain: it is locked, or does not let Art DAG in" : "keychain: it does not answer (" + std::string(error->message) + ")";
        calls.freeError(error);
        return fail(denied ? Fault::Denied : Fault::Unavailable, words);
    }

    std::chrono::seconds m_patience;
    std::mutex m_asking, m_mutex;
    std::condition_variable m_wake;
    bool m_givenUp = false;
};

} // namespace

std::unique_ptr<SecretRing> openSecretService(std::chrono::seconds patience)
{
    return std::make_unique<SecretService>(patience);
}

} // namespace artdag
