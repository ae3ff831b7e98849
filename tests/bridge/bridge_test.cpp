// SPDX-License-Identifier: GPL-3.0-or-later
// Descriptions that may come from strangers, and a filter process that is told what it must not do.
#include "core/bridge/bridge_effects.h"
#include "core/bridge/filter_process.h"

#include "core/bridge/bridge_description.h"
#include "core/bridge/wave_writer.h"
#include "core/media/decode.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <cstring>
#include <limits>

using namespace artdag;

namespace {

BridgeOptions options()
{
    BridgeOptions options;
    options.program = std::filesystem::path(ARTDAG_BIN_DIR) / "artdag-bridge";
    options.pluginDirectories = {"/usr/lib/frei0r-1"};
    return options;
}

Json request(const char* filter, Json filterOptions = Json::array())
{
    return {{"filter", filter}, {"options", std::move(filterOptions)}, {"sizes", Json::array({{{"width", 32}, {"height", 16}}})}, {"rate", 25}, {"per", 1}, {"deep", true}};
}

Json soundRequest(const char* filter, Json filterOptions = Json::array(), int sounds = 1)
{
    return {{"filter", filter}, {"options", std::move(filterOptions)}, {"sounds", sounds}, {"block", 1024}, {"rate", 48000}, {"per", 1}, {"deep", true}};
}

Json option(const char* name, const char* value)
{
    return Json::array({{{"name", name}, {"value", value}}});
}

/// A block of stereo: the left channel is one value, the right one another.
std::vector<std::uint8_t> block(float left, float right)
{
    std::vector<float> samples(2048, left);
    std::fill(samples.begin() + 1024, samples.end(), right);
    std::vector<std::uint8_t> bytes(samples.size() * sizeof(float));
    std::memcpy(bytes.data(), samples.data(), bytes.size());
    return bytes;
}

float sampleOf(const std::vector<std::uint8_t>& bytes, std::size_t index)
{
    float sample = 0;
    std::memcpy(&sample, bytes.data() + index * sizeof sample, sizeof sample);
    return sample;
}

Result<void> opened(const Json& request)
{
    auto process = TRY(FilterProcess::start(options(), {}, "filter"));
    return process.open(request, 1);
}

Json described()
{
    return {{"kind", "ffmpeg"}, {"filter", "gblur"}, {"by", "libavfilter 8"}, {"help", "Blurs"}, {"inputs", 1}, {"alpha", true},
        {"params", Json::array({{{"name", "sigma"}, {"help", ""}, {"kind", "real"}, {"default", 0.5}, {"min", 0}, {"max", 1024}}, {{"name", "mode"}, {"help", ""}, {"kind", "choice"}, {"default", "slow"}, {"choices", {"fast", "slow"}}}, {{"name", "parts"}, {"help", ""}, {"kind", "flags"}, {"default", "luma"}, {"choices", {"luma", "chroma"}}}, {{"name", "fill"}, {"help", ""}, {"kind", "colour"}, {"default", "0xff000080"}}})}};
}

const BridgeParam& param(const BridgeDescription& description, std::string_view name)
{
    return *std::ranges::find(description.params, name, &BridgeParam::name);
}

} // namespace

class BridgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_description_is_read_as_it_is()
    {
        const auto read = readDescription(described());
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QCOMPARE(read->name(), std::string("ffmpeg.gblur"));
        QCOMPARE(param(*read, "sigma").most, 1024.0);
        QCOMPARE(std::get<std::int64_t>(param(*read, "mode").initial), std::int64_t{1});
        const Colour colour = std::get<Colour>(param(*read, "fill").initial);
        QVERIFY(colour.r == 1 && colour.g == 0 && std::abs(colour.a - 128.0 / 255) < 1e-9);
        QCOMPARE(*optionText(*read, param(*read, "fill"), colour), std::string("0xff000080"));
        QCOMPARE(*optionText(*read, param(*read, "mode"), std::int64_t{0}), std::string("fast"));
        QCOMPARE(*optionText(*read, param(*read, "sigma"), 0.1), std::string("0.1"));
    }

    void a_flag_that_is_no_word_of_the_list_is_refused()
    {
        const auto read = readDescription(described());
        QVERIFY(optionText(*read, param(*read, "parts"), std::string("luma+chroma")).has_value());
        for (const char* text : {"luma+", "luma:psfile=/etc/passwd", "+", "file"})
            QVERIFY2(!optionText(*read, param(*read, "parts"), std::string(text)), text);
        QVERIFY(!optionText(*read, param(*read, "parts"), std::string(1 << 20, 'a')));
    }

    void two_parameters_of_one_title_have_two_names()
    {
        Json plugin = described();
        plugin["kind"] = "frei0r";
        plugin["params"] = Json::array({{{"name", "Color (x)"}, {"option", "0"}, {"kind", "real"}, {"default", 0}}, {{"name", "color x"}, {"option", "1"}, {"kind", "point"}, {"default", {0.5, 0.25}}}});
        const auto read = readDescription(plugin);
        QVERIFY(read.has_value());
        QCOMPARE(read->params[0].name, std::string("color_x"));
        QCOMPARE(read->params[1].name, std::string("color_x_2"));
        QCOMPARE(*optionText(*read, read->params[1], Vec2{0.5, 0.25}), std::string("0.5 0.25"));
    }

    void hostile_descriptions_are_refused()
    {
        const auto refused = [](const char* name, const Json& value) {
            Json json = described();
            json[name] = value;
            return !readDescription(json);
        };
        QVERIFY(!readDescription(Json::array()));
        QVERIFY(refused("kind", "shell") && refused("filter", "../../etc") && refused("filter", "") && refused("inputs", 7) && refused("inputs", "1") && refused("params", 3) && refused("by", Json()));
        QVERIFY(refused("params", Json(std::vector<Json>(1000, described()["params"][0]))));
        for (const char* member : {"kind", "name"}) {
            Json json = described();
            json["params"][0][member] = "a\nb";
            QVERIFY2(!readDescription(json), member);
        }
        Json json = described();
        json["params"][1]["default"] = "neither";
        QVERIFY(!readDescription(json));
        json["params"][1].erase("choices");
        QVERIFY(!readDescription(json));
    }

    void the_process_opens_no_denied_filter_whatever_it_is_told()
    {
        QVERIFY(opened(request("hflip")).has_value());
        for (const char* filter : {"movie", "lut3d", "lut1d", "subtitles", "drawtext", "zmq", "metadata", "sendcmd", "frei0r", "dnn_processing", "hwupload", "realtime", "no_such", "split", "concat", "buffer"})
            QVERIFY2(!opened(request(filter)), filter);
    }

    void the_process_sets_no_denied_option_whatever_it_is_told()
    {
        const auto with = [](const char* filter, const char* name, const char* value) { return opened(request(filter, Json::array({{{"name", name}, {"value", value}}}))); };
        QVERIFY(with("curves", "red", "0/0 1/1").has_value());
        for (const auto& [filter, name] : {std::pair("curves", "psfile"), std::pair("curves", "plot"), std::pair("selectivecolor", "psfile"), std::pair("deshake", "filename"), std::pair("hflip", "enable")}) {
            const auto refused = with(filter, name, "/etc/passwd");
            QVERIFY2(!refused, filter);
            QCOMPARE(refused.error().fault, Fault::Denied);
        }
        // A value stays a value: no second option hides in it.
        QVERIFY(!with("curves", "red", "0/0 1/1:psfile=/etc/passwd"));
    }

    void sizes_and_frames_that_cannot_be_are_refused()
    {
        Json wide = request("hflip");
        wide["sizes"][0]["width"] = 1 << 20;
        QVERIFY(!opened(wide));
        auto process = FilterProcess::start(options(), {}, "filter");
        QVERIFY(process.has_value());
        QVERIFY(process->open(request("hflip"), 1).has_value());
        QVERIFY(!process->ask({{"ask", "put"}, {"input", 3}, {"frame", 0}, {"count", 1}}));
        QVERIFY(!process->ask({{"ask", "sing"}}));
        std::vector<std::uint8_t> codes(packedBytes(process->inputs()[0].coding.format, 32, 16), 7);
        QVERIFY(process->put(0, {0}, codes).has_value()); // it lives on after what it refused
        Stretch at{-1};
        QCOMPARE(*process->take(codes, at), FilterProcess::Taken::Frame);
        QCOMPARE(at.first, std::int64_t{0});
    }

    void sound_goes_through_in_blocks()
    {
        auto process = FilterProcess::start(options(), {}, "filter");
        QVERIFY(process.has_value());
        const auto open = process->open(soundRequest("volume", option("volume", "0.5")), 1);
        QVERIFY2(open.has_value(), open ? "" : open.error().message.c_str());
        QCOMPARE(process->inputs()[0].samples, 1024);
        std::vector<std::uint8_t> packed;
        Stretch at{-1};
        QVERIFY(process->put(0, {0, 1024}, block(1, -3)).has_value());
        QVERIFY(process->put(0, {1024, 100}, block(4, 2)).has_value());
        QCOMPARE(*process->take(packed, at), FilterProcess::Taken::Frame);
        QVERIFY(at.first == 0 && at.count == 1024 && sampleOf(packed, 1023) == 0.5F && sampleOf(packed, 1024) == -1.5F);
        QCOMPARE(*process->take(packed, at), FilterProcess::Taken::Frame);
        QVERIFY(at.first == 1024 && at.count == 100 && sampleOf(packed, 99) == 2.0F && sampleOf(packed, 1123) == 1.0F);
        QCOMPARE(*process->take(packed, at), FilterProcess::Taken::More);
        QVERIFY(process->end(0).has_value());
        QCOMPARE(*process->take(packed, at), FilterProcess::Taken::End);
        QVERIFY(!process->ask({{"ask", "put"}, {"input", 0}, {"frame", 0}, {"count", 1025}}));
        QVERIFY(!process->ask({{"ask", "put"}, {"input", 0}, {"frame", 0}, {"count", 0}}));
    }

    void the_process_opens_no_denied_sound_filter_and_no_other_rate()
    {
        for (const char* filter : {"ametadata", "arnndn", "asr", "sofalizer", "ladspa", "lv2", "azmq", "asendcmd", "arealtime", "ashowinfo", "hflip", "amix"})
            QVERIFY2(!opened(soundRequest(filter)), filter);
        QVERIFY(!opened(request("volume")));
        QVERIFY(!opened(soundRequest("volume", Json::array(), 2)));
        QVERIFY(!opened(soundRequest("firequalizer", option("dumpfile", "/tmp/stolen"))));
        const auto other = opened(soundRequest("asetrate", option("sample_rate", "44100")));
        QVERIFY(!other);
        QVERIFY2(other.error().message.find("44100 Hz") != std::string::npos && other.error().message.find("48000 Hz") != std::string::npos, other.error().message.c_str());
        QVERIFY(opened(soundRequest("asetrate", option("sample_rate", "48000"))).has_value());
    }

    void an_option_changes_on_the_way_only_where_it_may()
    {
        auto process = FilterProcess::start(options(), {}, "filter");
        QVERIFY(process.has_value());
        QVERIFY(process->open(soundRequest("extrastereo", option("m", "1")), 1).has_value());
        std::vector<std::uint8_t> packed;
        Stretch at;
        QVERIFY(process->set(option("m", "3")).has_value());
        QVERIFY(process->put(0, {0, 1024}, block(0.25F, 0)).has_value());
        QCOMPARE(*process->take(packed, at), FilterProcess::Taken::Frame);
        QCOMPARE(sampleOf(packed, 5), 0.5F); // middle ± 3 · half of the difference
        for (const char* name : {"enable", "volume", "no_such"}) {
            const auto refused = process->set(option(name, "0"));
            QVERIFY2(!refused && refused.error().fault == Fault::Denied, name);
        }
        auto other = FilterProcess::start(options(), {}, "filter");
        QVERIFY(other.has_value() && other->open(soundRequest("volume"), 1).has_value());
        for (const char* name : {"precision", "volume"}) { // libavfilter knows no command for the first; a formula is a text
            const auto refused = other->set(option(name, "0"));
            QVERIFY2(!refused && refused.error().fault == Fault::Denied, name);
        }
    }

    void a_wave_decodes_to_the_very_samples()
    {
        const QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.path().toStdString()) / "wave";
        std::vector<float> left(70'001), right(left.size());
        for (std::size_t i = 0; i < left.size(); ++i) {
            left[i] = std::sin(static_cast<float>(i) * 0.37F) * 3.0F;
            right[i] = 1e-20F / static_cast<float>(i + 1);
        }
        left[7] = std::numeric_limits<float>::quiet_NaN();
        right[8] = -std::numeric_limits<float>::infinity();
        WaveWriter writer(path, 48000, std::uint64_t{1} << 30, "filter");
        QVERIFY(writer.add(left.data(), right.data(), 1000).has_value());
        QVERIFY(writer.add(left.data() + 1000, right.data() + 1000, static_cast<std::int64_t>(left.size()) - 1000).has_value());
        QVERIFY(writer.addSilence(66'000).has_value());
        QVERIFY(writer.finish().has_value());
        left[7] = right[8] = 0;
        const auto file = openMedia(path);
        QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
        QVERIFY((*file)->facts().audio->sampleRate == 48000 && !(*file)->facts().audio->decoder.ends_with("inexact"));
        QCOMPARE((*file)->facts().audio->duration, timeOfFrame(136'001, {48000, 1}));
        const auto sound = (*file)->decodeSound();
        QVERIFY(sound.has_value());
        QCOMPARE(sound->range().count, std::int64_t{136'001});
        QVERIFY(std::memcmp(sound->channel(0), left.data(), left.size() * sizeof(float)) == 0 && std::memcmp(sound->channel(1), right.data(), right.size() * sizeof(float)) == 0);
        QVERIFY(sound->channel(0)[136'000] == 0);
        WaveWriter small(path, 48000, 1000, "filter ffmpeg.apad");
        const auto full = small.add(left.data(), right.data(), 118);
        QVERIFY(!full && full.error().message.starts_with("filter ffmpeg.apad"));
    }

    void a_description_says_what_moves_and_older_ones_say_nothing()
    {
        QVERIFY(readDescription(described())->version == 1 && !param(*readDescription(described()), "sigma").moves);
        Json json = described();
        json["version"] = 2;
        json["sound"] = true;
        json["params"][0]["moves"] = true;
        json["params"][2]["moves"] = true;
        CitedBridges cited(nullptr, options());
        QVERIFY(cited.cite(canonicalJson(json)).has_value());
        const Effect& effect = *cited.find("ffmpeg.gblur")->effect;
        QVERIFY(effect.inputs.front().name == "sound" && effect.outputs.front().type == PortType::Sound);
        QVERIFY(effect.params[0].animatable && !effect.params[1].animatable);
        QVERIFY2(!effect.params[2].animatable, "a text does not move, whatever it says");
        json["version"] = 3;
        QVERIFY(!readDescription(json));
    }

    void bridges_are_asked_for_by_their_names_only()
    {
        BridgeOptions nowhere = options();
        nowhere.program = "/no/such/program";
        const BridgeEffects bridges(nowhere);
        const Catalogue catalogue{{}, &bridges};
        QVERIFY(!bridges.claims("gblur") && bridges.claims("ffmpeg.gblur") && bridges.claims("frei0r.cartoon"));
        QVERIFY(catalogue.find("gblur") == nullptr);
        QVERIFY(catalogue.find("ffmpeg.gblur") == nullptr);
        QVERIFY2(bridges.problem().find("/no/such/program") != std::string::npos, bridges.problem().c_str());
    }

    void a_cited_description_is_preferred_to_that_of_this_machine()
    {
        CitedBridges cited(nullptr, options());
        QVERIFY(!cited.cite("{}"));
        QVERIFY(cited.cite(canonicalJson(described())).has_value());
        const CatalogueEntry* entry = cited.find("ffmpeg.gblur");
        QVERIFY(entry != nullptr && entry->bridge != nullptr);
        QCOMPARE(std::string(entry->sourceHash), hexOf(sha3(bytesOf(canonicalJson(described())))));
        QCOMPARE(entry->effect->params.size(), std::size_t{4});
        QVERIFY(cited.find("ffmpeg.hflip") == nullptr);
    }
};

QTEST_GUILESS_MAIN(BridgeTest)
#include "bridge_test.moc"
