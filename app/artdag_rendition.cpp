// SPDX-License-Identifier: GPL-3.0-or-later
// artdag-rendition: makes what is shown of one media file (posters, thumbnails, streams) for artdagd, which encodes nothing
// itself. It has no network and limits on everything; the file is decoded by an artdag-worker of its own.
#include "core/rendition/confine.h"
#include "core/rendition/make_films.h"
#include "core/rendition/make_stills.h"
#include "core/worker/media_words.h"
#include "core/worker/worker_process.h"
#include "core/worker/worker_start.h"

#include <csignal>
#include <cstdlib>

namespace {

using namespace artdag;

constexpr std::uint64_t longestFile = std::uint64_t{8} << 30;

WorkerOptions decoderOf(const SandboxLimits& limits)
{
    WorkerOptions worker;
    worker.limits.memoryBytes = limits.memoryBytes / 2;
    worker.limits.cpuSeconds = limits.cpuSeconds;
    worker.patience = std::chrono::seconds(60);
    return worker;
}

class Answers {
public:
    explicit Answers(const SandboxLimits& limits)
        : m_worker(decoderOf(limits)) {}

    Result<Json> operator()(const Message& message)
    {
        const std::string ask = message.json.value("ask", "");
        const std::string source = message.json.value("source", "");
        const std::string folder = message.json.value("folder", "");
        if (ask == "stills")
            return makeStills(source, folder, m_worker);
        if (ask == "films") {
            m_films = TRY(FilmMaking::begin(source, folder, m_worker));
            return Json{{"done", false}, {"permille", 0}};
        }
        const FilmPiece piece{source, message.json.value("frames", std::int64_t{0})};
        if (ask == "live") {
            m_films = TRY(FilmMaking::beginLive(piece, message.json.value("sound", ""), message.json.value("total", std::int64_t{0}), folder, m_worker));
            return Json{{"done", false}, {"permille", 0}};
        }
        if (ask == "piece" && m_films) {
            TRY(m_films->add(piece));
            return Json{{"done", false}};
        }
        if (ask == "step" && m_films)
            return m_films->step();
        return fail(Fault::BadInput, "rendition: nothing is known of this question");
    }

private:
    WorkerOptions m_worker;
    std::unique_ptr<FilmMaking> m_films;
};

} // namespace

int main(int count, char** arguments)
{
    WorkerStart start = workerStart(count, arguments);
    if (!start.socket.isOpen())
        return start.exitCode;
    ::signal(SIGXFSZ, SIG_IGN); // a file that is too long is an error of writing
    if (!confine(start.limits, longestFile))
        return 1;
    Answers answers(start.limits);
    answerAll(start.socket.number(), [&](Message message) { return answers(message); });
    return 0;
}
