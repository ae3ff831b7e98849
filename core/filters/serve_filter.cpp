// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filters/serve_filter.h"

#include "core/filters/libav_filter.h"
#include "core/worker/media_words.h"
#include "core/worker/shared_memory.h"
#include "core/worker/worker_start.h"

#include <algorithm>

namespace artdag {

namespace {

Json jsonOfFrames(const FilterFrames& frames)
{
    if (frames.samples > 0)
        return {{"samples", frames.samples}};
    return {{"width", frames.width}, {"height", frames.height}, {"format", nameOf(frames.format)}, {"full", frames.fullRange}};
}

Result<FilterRequest> requestOf(const Json& json)
{
    FilterRequest request;
    request.filter = json.value("filter", std::string());
    request.rate = {json.value("rate", std::int64_t{25}), json.value("per", std::int64_t{1})};
    request.deep = flag(json, "deep");
    for (const Json& option : json.value("options", Json::array()))
        request.options.emplace_back(option.value("name", std::string()), option.value("value", std::string()));
    if (json.contains("sounds")) {
        request.sounds = static_cast<int>(TRY(wholeNumber(json, "sounds", 1, 2)));
        request.block = static_cast<int>(TRY(wholeNumber(json, "block", 1, largestBlock)));
    }
    for (const Json& size : json.value("sizes", Json::array()))
        request.sizes.emplace_back(TRY(wholeNumber(size, "width", 1, largestSide)), TRY(wholeNumber(size, "height", 1, largestSide)));
    return request;
}

class FilterService {
public:
    explicit FilterService(Result<std::unique_ptr<Frei0rPlugin>> plugin)
        : m_plugin(std::move(plugin)) {}

    Result<Json> answer(Message request)
    {
        const std::string what = request.json.value("ask", std::string());
        if (what == "filters")
            return Json{{"version", libavFilterVersion()}, {"library", libavFilterFile()}, {"names", libavFilterNames()}};
        if (what == "describe")
            return Json{{"description", TRY(describe(request.json.value("name", std::string())))}};
        if (what == "open")
            return open(request.json);
        if (!m_filter)
            return fail(Fault::BadInput, "filter process: nothing is open");
        if (what == "memory") {
            m_memory.emplace(TRY(SharedMemory::map(std::move(request.descriptor))));
            return m_memory->bytes().size() >= wanted() ? Result<Json>(Json::object()) : fail(Fault::BadInput, "filter process: the memory is too small");
        }
        if (!m_memory)
            return fail(Fault::BadInput, "filter process: there is no memory for frames");
        if (what == "put" || what == "end")
            return give(request.json, what == "put");
        if (what == "set")
            return set(request.json.value("options", Json::array()));
        if (what == "take")
            return take();
        return fail(Fault::BadInput, "filter process: does not know '" + what + "'");
    }

private:
    Result<Json> describe(const std::string& name)
    {
        Frei0rPlugin* plugin = TRY(loaded());
        return plugin != nullptr ? plugin->describe(name) : describeLibavFilter(name);
    }

    /// The plugin, null where there is none to be; the error of loading it.
    Result<Frei0rPlugin*> loaded() const { return m_plugin ? Result<Frei0rPlugin*>(m_plugin->get()) : Result<Frei0rPlugin*>(tl::unexpected<Error>(m_plugin.error())); }

    Result<Json> open(const Json& question)
    {
        Frei0rPlugin* plugin = TRY(loaded());
        const FilterRequest request = TRY(requestOf(question));
        m_filter = plugin != nullptr ? TRY(plugin->open(request)) : TRY(openLibavFilter(request));
        Json inputs = Json::array();
        for (const FilterFrames& input : m_filter->inputs())
            inputs.push_back(jsonOfFrames(input));
        return Json{{"inputs", inputs}, {"output", jsonOfFrames(m_filter->output())}};
    }

    /// Bytes of memory: the inputs' frames, one after another, then the output's.
    [[nodiscard]] std::size_t wanted() const { return placeOf(m_filter->inputs().size()) + m_filter->output().bytes(); }
    [[nodiscard]] std::size_t placeOf(std::size_t input) const
    {
        std::size_t place = 0;
        for (std::size_t i = 0; i < input; ++i)
            place += m_filter->inputs()[i].bytes();
        return place;
    }

    Result<Json> give(const Json& question, bool frame)
    {
        const auto input = static_cast<int>(TRY(wholeNumber(question, "input", 0, static_cast<std::int64_t>(m_filter->inputs().size()) - 1)));
        if (!frame) {
            TRY(m_filter->end(input));
            return Json::object();
        }
        const auto index = static_cast<std::size_t>(input);
        const FilterFrames& shape = m_filter->inputs()[index];
        const Stretch stretch{question.value("frame", std::int64_t{0}), TRY(wholeNumber(question, "count", 1, std::max(shape.samples, 1)))};
        TRY(m_filter->put(input, stretch, m_memory->bytes().subspan(placeOf(index), shape.bytes())));
        return Json::object();
    }

    Result<Json> set(const Json& options)
    {
        for (const Json& option : options)
            TRY(m_filter->set(option.value("name", std::string()), option.value("value", std::string())));
        return Json::object();
    }

    Result<Json> take()
    {
        Stretch at;
        switch (TRY(m_filter->take(m_memory->bytes().subspan(placeOf(m_filter->inputs().size()), m_filter->output().bytes()), at))) {
        case OpenFilter::Taken::Frame: return Json{{"frame", at.first}, {"count", at.count}};
        case OpenFilter::Taken::More: return Json{{"more", true}};
        case OpenFilter::Taken::End: break;
        }
        return Json{{"end", true}};
    }

    Result<std::unique_ptr<Frei0rPlugin>> m_plugin;
    std::unique_ptr<OpenFilter> m_filter;
    std::optional<SharedMemory> m_memory;
};

} // namespace

void serveFilter(int socket, Result<std::unique_ptr<Frei0rPlugin>> plugin)
{
    FilterService service(std::move(plugin));
    answerAll(socket, [&](Message request) { return service.answer(std::move(request)); });
}

} // namespace artdag
