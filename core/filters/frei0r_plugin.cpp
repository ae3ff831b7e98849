// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filters/frei0r_plugin.h"

#include <dlfcn.h>
#include <fmt/core.h>
#include <frei0r.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string_view>

namespace artdag {

namespace {

struct Functions {
    int (*init)() = nullptr;
    void (*pluginInfo)(f0r_plugin_info_t*) = nullptr;
    void (*paramInfo)(f0r_param_info_t*, int) = nullptr;
    f0r_instance_t (*construct)(unsigned, unsigned) = nullptr;
    void (*setParam)(f0r_instance_t, f0r_param_t, int) = nullptr;
    void (*getParam)(f0r_instance_t, f0r_param_t, int) = nullptr;
    void (*update)(f0r_instance_t, double, const std::uint32_t*, std::uint32_t*) = nullptr;
    void (*update2)(f0r_instance_t, double, const std::uint32_t*, const std::uint32_t*, const std::uint32_t*, std::uint32_t*) = nullptr;
};

template <class Function>
void find(void* library, const char* name, Function& function)
{
    function = reinterpret_cast<Function>(::dlsym(library, name));
}

const char* kindOf(int type)
{
    switch (type) {
    case F0R_PARAM_BOOL: return "boolean";
    case F0R_PARAM_DOUBLE: return "real";
    case F0R_PARAM_COLOR: return "colour";
    case F0R_PARAM_POSITION: return "point";
    default: return nullptr; // a text may be the name of a file
    }
}

int inputsOf(int type)
{
    return type == F0R_PLUGIN_TYPE_FILTER ? 1 : type == F0R_PLUGIN_TYPE_MIXER2 ? 2
                                                                               : 0;
}

/// Numbers of an option's text, as many as its kind has.
bool readNumbers(const std::string& text, std::span<double> numbers)
{
    std::istringstream words(text);
    words.imbue(std::locale::classic());
    return std::ranges::all_of(numbers, [&](double& number) { return static_cast<bool>(words >> number) && std::isfinite(number); });
}

/// frei0r wants sides that are multiples of 8: the last column and row go on.
constexpr int rounded(int side)
{
    return (side + 7) / 8 * 8;
}

/// Alpha goes to the plugin as it is (straight); a plugin of the other order of bytes is given B, G, R, A.
void exchangeRedAndBlue(std::vector<std::uint32_t>& pixels)
{
    for (std::uint32_t& pixel : pixels)
        pixel = (pixel & 0xFF00FF00U) | ((pixel >> 16) & 0xFFU) | ((pixel & 0xFFU) << 16);
}

Result<void> setParam(const Functions& functions, const f0r_plugin_info_t& info, f0r_instance_t instance, const std::string& option, const std::string& value)
{
    char* end = nullptr;
    const long index = std::strtol(option.c_str(), &end, 10);
    f0r_param_info_t param{};
    if (*end != 0 || option.empty() || index < 0 || index >= info.num_params)
        return fail(Fault::Denied, fmt::format("plugin: the parameter '{}' may not be set here", option));
    functions.paramInfo(&param, static_cast<int>(index));
    if (kindOf(param.type) == nullptr)
        return fail(Fault::Denied, fmt::format("plugin: the parameter '{}' may not be set here", option));
    double numbers[3] = {};
    const std::size_t count = param.type == F0R_PARAM_COLOR ? 3 : param.type == F0R_PARAM_POSITION ? 2
                                                                                                   : 1;
    if (!readNumbers(value, std::span(numbers).first(count)))
        return fail(Fault::BadInput, fmt::format("plugin: the parameter '{}' takes numbers, got '{}'", option, value));
    f0r_param_color_t colour{static_cast<float>(numbers[0]), static_cast<float>(numbers[1]), static_cast<float>(numbers[2])};
    functions.setParam(instance, param.type == F0R_PARAM_COLOR ? static_cast<f0r_param_t>(&colour) : static_cast<f0r_param_t>(numbers), static_cast<int>(index));
    return {};
}

class Frei0rFilter final : public OpenFilter {
public:
    Frei0rFilter(const Functions& functions, const f0r_plugin_info_t& info, f0r_instance_t instance, const FilterRequest& request)
        : m_functions(functions),
          m_info(info),
          m_instance(instance),
          m_rate(request.rate)
    {
        for (const auto& [width, height] : request.sizes) {
            m_inputs.push_back({width, height, SampleFormat::Rgba, true});
            m_frames.emplace_back(static_cast<std::size_t>(rounded(width)) * static_cast<std::size_t>(rounded(height)));
            m_open.push_back(true);
        }
        m_output = m_inputs.front();
        m_given.assign(m_inputs.size(), -1);
        m_result.resize(m_frames.front().size());
    }

    [[nodiscard]] const std::vector<FilterFrames>& inputs() const override { return m_inputs; }
    [[nodiscard]] const FilterFrames& output() const override { return m_output; }

    /// frei0r lets every parameter be set before any frame.
    Result<void> set(const std::string& option, const std::string& value) override { return setParam(m_functions, m_info, m_instance, option, value); }

    Result<void> put(int input, Stretch stretch, std::span<const std::uint8_t> packed) override
    {
        const auto index = static_cast<std::size_t>(input);
        const FilterFrames& shape = m_inputs[index];
        const auto wide = static_cast<std::size_t>(rounded(shape.width));
        std::vector<std::uint32_t>& pixels = m_frames[index];
        for (int y = 0; y < rounded(shape.height); ++y) {
            std::uint32_t* row = pixels.data() + static_cast<std::size_t>(y) * wide;
            std::memcpy(row, packed.data() + static_cast<std::size_t>(std::min(y, shape.height - 1)) * static_cast<std::size_t>(shape.width) * 4, static_cast<std::size_t>(shape.width) * 4);
            std::fill(row + shape.width, row + wide, row[shape.width - 1]);
        }
        if (m_info.color_model == F0R_COLOR_MODEL_BGRA8888)
            exchangeRedAndBlue(pixels);
        m_given[index] = stretch.first;
        return {};
    }

    Result<void> end(int input) override
    {
        m_open[static_cast<std::size_t>(input)] = false;
        return {};
    }

    /// One frame for each of the longest input; the last one of the other stays.
    Result<Taken> take(std::span<std::uint8_t> packed, Stretch& at) override
    {
        const std::int64_t newest = *std::ranges::max_element(m_given);
        const bool all = std::ranges::all_of(std::views::iota(std::size_t{0}, m_given.size()), [&](std::size_t i) { return m_given[i] == newest || (!m_open[i] && m_given[i] >= 0); });
        if (newest < m_next || !all)
            return std::ranges::find(m_open, true) == m_open.end() ? Taken::End : Taken::More;
        const double seconds = static_cast<double>(newest) * static_cast<double>(m_rate.denominator) / static_cast<double>(m_rate.numerator);
        const std::uint32_t* second = m_frames.size() > 1 ? m_frames[1].data() : nullptr;
        if (m_functions.update2 != nullptr)
            m_functions.update2(m_instance, seconds, m_frames[0].data(), second, nullptr, m_result.data());
        else
            m_functions.update(m_instance, seconds, m_frames[0].data(), m_result.data());
        if (m_info.color_model == F0R_COLOR_MODEL_BGRA8888)
            exchangeRedAndBlue(m_result);
        for (int y = 0; y < m_output.height; ++y)
            std::memcpy(packed.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(m_output.width) * 4, m_result.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(rounded(m_output.width)),
                static_cast<std::size_t>(m_output.width) * 4);
        at = {newest, 1};
        m_next = newest + 1;
        return Taken::Frame;
    }

private:
    const Functions& m_functions;
    const f0r_plugin_info_t& m_info;
    f0r_instance_t m_instance;
    Rate m_rate;
    std::vector<FilterFrames> m_inputs;
    FilterFrames m_output;
    std::vector<std::vector<std::uint32_t>> m_frames;
    std::vector<std::uint32_t> m_result;
    std::vector<std::int64_t> m_given;
    std::vector<bool> m_open;
    std::int64_t m_next = 0;
};

class LoadedPlugin final : public Frei0rPlugin {
public:
    explicit LoadedPlugin(const Functions& functions)
        : m_functions(functions) {}

    Result<Json> describe(const std::string& name) override
    {
        TRY(begin());
        if (inputsOf(m_info.plugin_type) == 0)
            return fail(Fault::BadInput, "it is no filter of one or two pictures");
        const f0r_instance_t instance = TRY(instanceOf(320, 240));
        Json params = Json::array();
        for (int i = 0; i < std::min(m_info.num_params, mostFilterOptions); ++i)
            if (Json param = describeParam(instance, i); !param.is_null())
                params.push_back(std::move(param));
        const auto text = [](const char* words) { return std::string(words != nullptr ? words : ""); };
        return Json{{"kind", "frei0r"}, {"filter", name}, {"by", fmt::format("frei0r {} {}.{}", name, m_info.major_version, m_info.minor_version)}, {"title", text(m_info.name)},
            {"help", text(m_info.explanation)}, {"inputs", inputsOf(m_info.plugin_type)}, {"version", 2}, {"alpha", true}, {"params", params}};
    }

    Result<std::unique_ptr<OpenFilter>> open(const FilterRequest& request) override
    {
        TRY(begin());
        if (static_cast<int>(request.sizes.size()) != inputsOf(m_info.plugin_type))
            return fail(Fault::BadInput, fmt::format("plugin '{}': takes {} pictures", request.filter, inputsOf(m_info.plugin_type)));
        if (request.sizes.back() != request.sizes.front())
            return fail(Fault::BadInput, fmt::format("plugin '{}': its pictures must have one size, got {}×{} and {}×{}: put a resize before it", request.filter, request.sizes.front().first, request.sizes.front().second, request.sizes.back().first, request.sizes.back().second));
        const f0r_instance_t instance = TRY(instanceOf(rounded(request.sizes.front().first), rounded(request.sizes.front().second)));
        for (const auto& [option, value] : request.options)
            TRY(setParam(m_functions, m_info, instance, option, value));
        return std::unique_ptr<OpenFilter>(std::make_unique<Frei0rFilter>(m_functions, m_info, instance, request));
    }

private:
    Result<void> begin()
    {
        if (m_begun)
            return {};
        m_begun = true;
        m_functions.init();
        m_functions.pluginInfo(&m_info);
        const bool sound = m_info.frei0r_version == FREI0R_MAJOR_VERSION && (inputsOf(m_info.plugin_type) == 1 ? m_functions.update != nullptr || m_functions.update2 != nullptr : m_functions.update2 != nullptr || inputsOf(m_info.plugin_type) == 0);
        return sound ? Result<void>() : fail(Fault::BadInput, "it is no plugin of frei0r 1");
    }

    Result<f0r_instance_t> instanceOf(int width, int height)
    {
        const f0r_instance_t instance = m_functions.construct(static_cast<unsigned>(width), static_cast<unsigned>(height));
        if (instance == nullptr)
            return fail(Fault::BadInput, fmt::format("plugin '{}': refuses pictures of {}×{} px", m_info.name != nullptr ? m_info.name : "", width, height));
        return instance;
    }

    Json describeParam(f0r_instance_t instance, int index) const
    {
        f0r_param_info_t info{};
        m_functions.paramInfo(&info, index);
        const char* kind = kindOf(info.type);
        if (kind == nullptr || info.name == nullptr)
            return {};
        Json json{{"name", info.name}, {"option", std::to_string(index)}, {"help", info.explanation != nullptr ? info.explanation : ""}, {"kind", kind}, {"moves", true}};
        double values[8] = {}; // room for a plugin that writes another type than it says
        m_functions.getParam(instance, values, index);
        if (info.type == F0R_PARAM_BOOL)
            json["default"] = values[0] >= 0.5;
        if (info.type == F0R_PARAM_DOUBLE) {
            json["default"] = std::isfinite(values[0]) ? values[0] : 0.0;
            if (values[0] >= 0 && values[0] <= 1) { // frei0r's own range; plugins that keep to another exist
                json["min"] = 0;
                json["max"] = 1;
            }
        }
        if (info.type == F0R_PARAM_POSITION)
            json["default"] = {values[0], values[1]};
        if (info.type == F0R_PARAM_COLOR) {
            f0r_param_color_t colour{};
            std::memcpy(&colour, values, sizeof colour);
            json["default"] = {colour.r, colour.g, colour.b};
        }
        return json;
    }

    Functions m_functions;
    f0r_plugin_info_t m_info{};
    bool m_begun = false;
};

} // namespace

Result<std::unique_ptr<Frei0rPlugin>> Frei0rPlugin::load(int descriptor)
{
    void* library = ::dlopen(fmt::format("/proc/self/fd/{}", descriptor).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* words = ::dlerror();
        return fail(Fault::BadInput, words != nullptr ? words : "it cannot be loaded");
    }
    Functions functions;
    find(library, "f0r_init", functions.init);
    find(library, "f0r_get_plugin_info", functions.pluginInfo);
    find(library, "f0r_get_param_info", functions.paramInfo);
    find(library, "f0r_construct", functions.construct);
    find(library, "f0r_set_param_value", functions.setParam);
    find(library, "f0r_get_param_value", functions.getParam);
    find(library, "f0r_update", functions.update);
    find(library, "f0r_update2", functions.update2);
    if (functions.init == nullptr || functions.pluginInfo == nullptr || functions.paramInfo == nullptr || functions.construct == nullptr || functions.setParam == nullptr || functions.getParam == nullptr)
        return fail(Fault::BadInput, "it is no frei0r plugin");
    return std::unique_ptr<Frei0rPlugin>(std::make_unique<LoadedPlugin>(functions));
}

} // namespace artdag
