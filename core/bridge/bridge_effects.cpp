// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bridge/bridge_effects.h"

#include "core/bridge/bake_film.h"
#include "core/bridge/list_bridges.h"
#include "core/picture/show_coded.h"

#include <algorithm>

namespace artdag {

namespace {

/// What a bridge gives is in its film; its inputs went into that.
void needsNothing(const FrameCall&, std::vector<FrameNeed>&) {}
void hearsNothing(const SoundCall&, std::vector<SoundNeed>&) {}

Works works(const FrameCall&)
{
    return Works::Either;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    if (call.out.baked.isNull())
        return fail(Fault::Unavailable, std::string(call.effect.name) + ": it is not baked yet");
    const CodedPointer coded = TRY(call.sources->picture(call.out.baked, timeOfFrame(call.frame, call.canvas.rate)));
    showCoded(*coded, Affine{}, Filter::Nearest, out, call.space);
    return {};
}

Result<std::optional<FilePicture>> native(const FrameCall& call)
{
    if (call.out.baked.isNull())
        return std::nullopt;
    return FilePicture{call.out.baked, timeOfFrame(call.frame, call.canvas.rate), {}};
}

Result<void> sound(const SoundCall& call, std::span<const Sound>, Sound& out)
{
    if (call.out.baked.isNull())
        return fail(Fault::Unavailable, std::string(call.effect.name) + ": it is not baked yet");
    out = TRY(call.sources->sound(call.out.baked, call.range, call.canvas.sampleRate));
    return {};
}

/// Named as those of our own effects are.
std::vector<Port> inputsOf(const BridgeDescription& description)
{
    if (description.sound) {
        std::vector<Port> ports{{"sound", PortType::Sound}};
        if (description.inputs == 2)
            ports.push_back({description.filter.starts_with("sidechain") ? "side" : "other", PortType::Sound});
        return ports;
    }
    return description.inputs == 1 ? std::vector<Port>{{"picture", PortType::Picture}} : std::vector<Port>{{"below", PortType::Picture}, {"above", PortType::Picture}};
}

std::string titleOf(const BridgeDescription& description)
{
    const bool plugin = description.kind == "frei0r";
    return (plugin && !description.title.empty() ? description.title : description.filter) + (plugin ? " (frei0r)" : " (FFmpeg)");
}

std::string helpOf(const BridgeDescription& description)
{
    std::string help = description.help.empty() ? titleOf(description) : description.help;
    if (!help.ends_with('.'))
        help += ".";
    return help + (description.alpha ? "" : " Knows no transparency: over black.") + " Baked: computed once over the whole length, and kept.";
}

} // namespace

class BridgeEntry final : public Bridge {
public:
    BridgeEntry(BridgeDescription description, const Json& json, std::filesystem::path plugin, const BridgeOptions& options)
        : m_description(std::move(description)),
          m_text(canonicalJson(json)),
          m_name(m_description.name()),
          m_title(titleOf(m_description)),
          m_help(helpOf(m_description)),
          m_hash(hexOf(sha3(bytesOf(m_text)))),
          m_plugin(std::move(plugin)),
          m_options(options)
    {
        describe();
        m_entry = {m_name, m_hash, &m_effect, this};
    }

    [[nodiscard]] const std::string& by() const override { return m_description.by; }
    [[nodiscard]] int version() const override { return m_description.version; }
    [[nodiscard]] const std::string& description() const override { return m_text; }
    Result<void> bake(const BakeCall& call, const std::filesystem::path& film) const override { return bakeFilm(m_description, m_plugin, m_options, call, film); }
    [[nodiscard]] const CatalogueEntry& entry() const { return m_entry; }

private:
    void describe()
    {
        m_effect.name = m_name;
        m_effect.title = m_title;
        m_effect.help = m_help;
        m_effect.tags = {"bridge", m_description.kind, "baked"};
        m_effect.synonyms = {m_description.filter};
        m_effect.inputs = inputsOf(m_description);
        for (const BridgeParam& param : m_description.params)
            m_effect.params.push_back({.name = param.name, .kind = param.kind, .initial = param.initial, .least = param.least, .most = param.most, .step = stepOf(param), .unit = param.kind == ParamKind::Time ? "s" : "", .help = param.help, .choices = param.kind == ParamKind::Choice ? std::vector<std::string_view>(param.choices.begin(), param.choices.end()) : std::vector<std::string_view>{}, .animatable = param.moves});
        m_effect.timeDependent = true;
        if (m_description.sound) {
            m_effect.tags.push_back("sound");
            m_effect.outputs = {{"sound", PortType::Sound}};
            m_effect.soundNeeds = hearsNothing;
            m_effect.sound = sound;
            return;
        }
        m_effect.access = Access::Region;
        m_effect.needs = needsNothing;
        m_effect.works = works;
        m_effect.render = render;
        m_effect.native = native;
    }

    static double stepOf(const BridgeParam& param)
    {
        if (param.kind == ParamKind::Integer)
            return 1;
        const double range = param.most - param.least;
        return std::isfinite(range) && range > 0 ? range / 100 : 0.01;
    }

    BridgeDescription m_description;
    std::string m_text, m_name, m_title, m_help, m_hash;
    std::filesystem::path m_plugin;
    BridgeOptions m_options;
    Effect m_effect;
    CatalogueEntry m_entry{};
};

namespace {

bool isBridgeName(std::string_view name)
{
    return std::ranges::any_of(bridgePrefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
}

const CatalogueEntry* entryIn(const std::map<std::string, std::unique_ptr<BridgeEntry>, std::less<>>& entries, std::string_view name)
{
    const auto found = entries.find(name);
    return found == entries.end() ? nullptr : &found->second->entry();
}

} // namespace

BridgeEffects::BridgeEffects(BridgeOptions options)
    : m_options(std::move(options))
{
}

BridgeEffects::~BridgeEffects() = default;

void BridgeEffects::load() const
{
    std::call_once(m_once, [this] {
        auto list = listBridges(m_options);
        if (!list) {
            m_problem = list.error().message;
            return;
        }
        m_leftOut = std::move(list->leftOut);
        for (const ListedBridge& bridge : list->bridges)
            if (auto read = readDescription(bridge.description)) {
                std::string name = read->name();
                m_entries.emplace(std::move(name), std::make_unique<BridgeEntry>(std::move(*read), bridge.description, bridge.plugin, m_options));
            }
        for (const auto& [name, entry] : m_entries)
            m_all.push_back(&entry->entry());
    });
}

bool BridgeEffects::claims(std::string_view name) const
{
    return isBridgeName(name);
}

const CatalogueEntry* BridgeEffects::find(std::string_view name) const
{
    load();
    return entryIn(m_entries, name);
}

std::span<const CatalogueEntry* const> BridgeEffects::all() const
{
    load();
    return m_all;
}

const std::string& BridgeEffects::problem() const
{
    load();
    return m_problem;
}

const std::vector<std::string>& BridgeEffects::leftOut() const
{
    load();
    return m_leftOut;
}

CitedBridges::CitedBridges(const FurtherEffects* here, BridgeOptions options)
    : m_here(here),
      m_options(std::move(options))
{
}

CitedBridges::~CitedBridges() = default;

Result<void> CitedBridges::cite(std::string_view text)
{
    const Json json = TRY(readJson(text));
    BridgeDescription description = TRY(readDescription(json));
    std::filesystem::path plugin;
    if (description.kind == "frei0r")
        for (const auto& directory : m_options.pluginDirectories) {
            std::error_code code;
            if (plugin.empty() && std::filesystem::exists(directory / (description.filter + ".so"), code))
                plugin = directory / (description.filter + ".so");
        }
    std::string name = description.name();
    m_entries.insert_or_assign(std::move(name), std::make_unique<BridgeEntry>(std::move(description), json, std::move(plugin), m_options));
    return {};
}

bool CitedBridges::claims(std::string_view name) const
{
    return isBridgeName(name);
}

const CatalogueEntry* CitedBridges::find(std::string_view name) const
{
    if (const CatalogueEntry* cited = entryIn(m_entries, name))
        return cited;
    return m_here != nullptr ? m_here->find(name) : nullptr;
}

std::span<const CatalogueEntry* const> CitedBridges::all() const
{
    return m_here != nullptr ? m_here->all() : std::span<const CatalogueEntry* const>{};
}

} // namespace artdag
