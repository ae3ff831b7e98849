// SPDX-License-Identifier: GPL-3.0-or-later
// Descriptions that may come from strangers, and a filter process that is told what it must not do.
#include "core/bridge/bridge_effects.h"
#include "core/bridge/filter_process.h"

#include "core/bridge/bridge_description.h"

#include <QtTest>

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
        QVERIFY(!process->ask({{"ask", "put"}, {"input", 3}, {"frame", 0}}));
        QVERIFY(!process->ask({{"ask", "sing"}}));
        std::vector<std::uint8_t> codes(packedBytes(process->inputs()[0].coding.format, 32, 16), 7);
        QVERIFY(process->put(0, 0, codes).has_value()); // it lives on after what it refused
        std::int64_t at = -1;
        QCOMPARE(*process->take(codes, at), FilterProcess::Taken::Frame);
        QCOMPARE(at, std::int64_t{0});
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
