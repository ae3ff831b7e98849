// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/channel.h"

#include "core/base/files.h"
#include "core/media/container.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace artdag {

namespace {

constexpr std::size_t longestMessage = 64UL << 10;

/// A whole number within bounds; what is not there or no number is Corrupt.
Result<std::int64_t> number(const Json& json, const char* name, std::int64_t least, std::int64_t most)
{
    const auto found = json.find(name);
    if (found == json.end() || !found->is_number_integer() || *found < least || *found > most)
        return fail(Fault::Corrupt, std::string("worker: '") + name + "' is missing or out of bounds");
    return found->get<std::int64_t>();
}

Result<std::string> text(const Json& json, const char* name)
{
    const auto found = json.find(name);
    if (found == json.end() || !found->is_string())
        return fail(Fault::Corrupt, std::string("worker: '") + name + "' is missing");
    return found->get<std::string>();
}

constexpr std::int64_t longest = std::int64_t{1} << 62;
constexpr std::int64_t mostTicks = 1'000'000'000;

Json jsonOfRate(const Rate& rate)
{
    return {{"n", rate.numerator}, {"d", rate.denominator}};
}

Result<Rate> rateOfJson(const Json& json, const char* name)
{
    const Json& rate = json.value(name, Json());
    if (!rate.is_object())
        return fail(Fault::Corrupt, std::string("worker: '") + name + "' is missing");
    return Rate{TRY(number(rate, "n", 1, mostTicks)), TRY(number(rate, "d", 1, mostTicks))};
}

} // namespace

Descriptor::~Descriptor()
{
    if (m_number >= 0)
        ::close(m_number);
}

Descriptor::Descriptor(Descriptor&& other) noexcept
    : m_number(std::exchange(other.m_number, -1))
{
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept
{
    std::swap(m_number, other.m_number);
    return *this;
}

Result<void> sendMessage(int socket, const Json& json, int descriptor)
{
    std::string bytes = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (bytes.size() > longestMessage)
        return fail(Fault::BadInput, "worker: the message is too long");
    iovec part{bytes.data(), bytes.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    if (descriptor >= 0) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr* head = CMSG_FIRSTHDR(&message);
        head->cmsg_len = CMSG_LEN(sizeof(int));
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        std::memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
    }
    for (;;) {
        if (::sendmsg(socket, &message, MSG_NOSIGNAL) >= 0)
            return {};
        if (errno != EINTR)
            return fail(Fault::NotFound, std::string("worker: cannot be spoken to: ") + std::strerror(errno));
    }
}

Result<Message> receiveMessage(int socket, std::chrono::milliseconds patience)
{
    if (patience.count() > 0) {
        pollfd waiting{socket, POLLIN, 0};
        int ready = 0;
        while ((ready = ::poll(&waiting, 1, static_cast<int>(patience.count()))) < 0 && errno == EINTR) {}
        if (ready == 0)
            return fail(Fault::Unavailable, "worker: does not answer");
    }
    std::string bytes(longestMessage, '\0');
    iovec part{bytes.data(), bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t count = 0;
    while ((count = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {}
    if (count <= 0)
        return fail(Fault::NotFound, "worker: is gone");
    Message received;
    for (cmsghdr* head = CMSG_FIRSTHDR(&message); head != nullptr; head = CMSG_NXTHDR(&message, head))
        if (head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS && head->cmsg_len == CMSG_LEN(sizeof(int))) {
            int descriptor = -1;
            std::memcpy(&descriptor, CMSG_DATA(head), sizeof descriptor);
            received.descriptor = Descriptor(descriptor);
        }
    bytes.resize(static_cast<std::size_t>(count));
    const auto json = readJson(bytes);
    if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 || !json || !json->is_object())
        return fail(Fault::Corrupt, "worker: said what is no message");
    received.json = *json;
    return received;
}

Result<SharedMemory> SharedMemory::make(std::size_t bytes)
{
    Descriptor descriptor(::memfd_create("artdag", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!descriptor.isOpen() || ::ftruncate(descriptor.number(), static_cast<off_t>(bytes)) != 0 || ::fcntl(descriptor.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return tl::unexpected<Error>(systemError("shared memory", errno));
    return map(std::move(descriptor), bytes);
}

Result<SharedMemory> SharedMemory::map(Descriptor descriptor, std::size_t bytes)
{
    void* mapped = bytes == 0 ? MAP_FAILED : ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor.number(), 0);
    if (mapped == MAP_FAILED)
        return fail(Fault::Unavailable, "shared memory: cannot be mapped");
    return SharedMemory(std::move(descriptor), static_cast<std::uint8_t*>(mapped), bytes);
}

SharedMemory::~SharedMemory()
{
    if (m_bytes != nullptr)
        ::munmap(m_bytes, m_size);
}

SharedMemory::SharedMemory(SharedMemory&& other) noexcept
    : m_descriptor(std::move(other.m_descriptor)),
      m_bytes(std::exchange(other.m_bytes, nullptr)),
      m_size(other.m_size)
{
}

Json jsonOfCoding(const Coding& coding)
{
    return {{"format", static_cast<int>(coding.format)}, {"matrix", static_cast<int>(coding.matrix)}, {"transfer", static_cast<int>(coding.transfer)},
        {"primaries", static_cast<int>(coding.primaries)}, {"site", static_cast<int>(coding.site)}, {"full", coding.fullRange}};
}

Result<Coding> codingOfJson(const Json& json)
{
    if (!json.is_object())
        return fail(Fault::Corrupt, "worker: 'coding' is missing");
    Coding coding;
    coding.format = static_cast<SampleFormat>(TRY(number(json, "format", 0, static_cast<int>(SampleFormat::Gbrap16))));
    coding.matrix = static_cast<Matrix>(TRY(number(json, "matrix", 0, static_cast<int>(Matrix::Identity))));
    coding.transfer = static_cast<Transfer>(TRY(number(json, "transfer", 0, static_cast<int>(Transfer::Linear))));
    coding.primaries = static_cast<Primaries>(TRY(number(json, "primaries", 0, static_cast<int>(Primaries::Bt2020))));
    coding.site = static_cast<ChromaSite>(TRY(number(json, "site", 0, static_cast<int>(ChromaSite::TopLeft))));
    coding.fullRange = json.value("full", Json()) == true;
    return coding;
}

Json jsonOfFacts(const FileFacts& facts)
{
    Json json{{"format", facts.format}, {"warnings", facts.warnings}};
    if (const auto& video = facts.video)
        json["video"] = {{"width", video->width}, {"height", video->height}, {"rotation", video->rotation}, {"aspect", jsonOfRate(video->aspect)}, {"rate", jsonOfRate(video->rate)},
            {"frames", video->frames}, {"duration", video->duration}, {"still", video->still}, {"coding", jsonOfCoding(video->coding)}, {"decoder", video->decoder}};
    if (const auto& audio = facts.audio)
        json["audio"] = {{"rate", audio->sampleRate}, {"channels", audio->channels}, {"duration", audio->duration}, {"decoder", audio->decoder}};
    return json;
}

Result<FileFacts> factsOfJson(const Json& json)
{
    if (!json.is_object())
        return fail(Fault::Corrupt, "worker: 'facts' is missing");
    FileFacts facts;
    facts.format = TRY(text(json, "format"));
    for (const Json& warning : json.value("warnings", Json::array()))
        if (warning.is_string())
            facts.warnings.push_back(warning.get<std::string>());
    if (const Json& video = json.value("video", Json()); video.is_object()) {
        VideoFacts& known = facts.video.emplace();
        known.width = static_cast<int>(TRY(number(video, "width", 1, maximumPixels)));
        known.height = static_cast<int>(TRY(number(video, "height", 1, maximumPixels / known.width)));
        known.rotation = static_cast<int>(TRY(number(video, "rotation", 0, 270)) / 90 * 90);
        known.aspect = TRY(rateOfJson(video, "aspect"));
        known.rate = TRY(rateOfJson(video, "rate"));
        known.frames = TRY(number(video, "frames", 0, longest));
        known.duration = TRY(number(video, "duration", 0, longest));
        known.still = video.value("still", Json()) == true;
        known.coding = TRY(codingOfJson(video.value("coding", Json())));
        known.decoder = TRY(text(video, "decoder"));
    }
    if (const Json& audio = json.value("audio", Json()); audio.is_object()) {
        AudioFacts& known = facts.audio.emplace();
        known.sampleRate = static_cast<int>(TRY(number(audio, "rate", 1, 1 << 24)));
        known.channels = static_cast<int>(TRY(number(audio, "channels", 1, 1024)));
        known.duration = TRY(number(audio, "duration", 0, longest));
        known.decoder = TRY(text(audio, "decoder"));
    }
    return facts;
}

Json jsonOfError(const Error& error)
{
    return {{"fault", static_cast<int>(error.fault)}, {"message", error.message}};
}

Error errorOfJson(const Json& json)
{
    const auto fault = number(json, "fault", 0, static_cast<int>(Fault::Corrupt));
    const auto message = text(json, "message");
    if (!fault || !message)
        return {Fault::Corrupt, "worker: said what is no answer"};
    return {static_cast<Fault>(*fault), *message};
}

} // namespace artdag
