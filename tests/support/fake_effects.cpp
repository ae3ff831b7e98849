// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_effects.h"

namespace artdag::test {

namespace {

const Effect beat{
    .name = "beat",
    .title = "Beat",
    .help = "Finds beats.",
    .tags = {"analysis"},
    .inputs = {{.name = "sound", .type = PortType::Sound}},
    .outputs = {{.name = "events", .type = PortType::Events}},
};

const Effect join{
    .name = "join",
    .title = "Join",
    .help = "Plays pictures one after another.",
    .tags = {"time"},
    .synonyms = {"sequence", "concat"},
    .inputs = {{.name = "items", .list = true}},
    .itemParams = {
        {.name = "weight", .initial = 1.0, .least = 0.0, .most = 10.0},
        {.name = "transition", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .choices = {"cut", "crossfade"}, .animatable = false},
    },
    .access = Access::Whole,
};

const Effect media{
    .name = "media",
    .title = "Media",
    .help = "Plays a file.",
    .tags = {"source"},
    .outputs = {{.name = "picture"}, {.name = "sound", .type = PortType::Sound}},
    .params = {{.name = "file", .kind = ParamKind::File, .initial = ContentId{}, .animatable = false}},
};

const Effect over{
    .name = "over",
    .title = "Over",
    .help = "Puts one picture over another.",
    .tags = {"combine"},
    .inputs = {{.name = "below"}, {.name = "above"}, {.name = "mask", .optional = true}},
    .params = {{.name = "opacity", .initial = 1.0, .least = 0.0, .most = 1.0}},
};

const Effect src{
    .name = "src",
    .version = 3,
    .title = "Source",
    .help = "A picture and a tone from nothing.",
    .tags = {"source"},
    .outputs = {{.name = "picture"}, {.name = "sound", .type = PortType::Sound}},
    .params = {{.name = "level", .initial = 0.5, .least = 0.0, .most = 1.0}},
};

const Effect still{
    .name = "still",
    .title = "Still",
    .help = "Shows a picture of a file.",
    .tags = {"source"},
    .params = {{.name = "file", .kind = ParamKind::File, .initial = ContentId{}, .animatable = false}},
};

const Effect tint{
    .name = "tint",
    .version = 2,
    .title = "Tint",
    .help = "Moves colours towards one of them.",
    .tags = {"colour"},
    .synonyms = {"colourize"},
    .inputs = {{.name = "picture"}},
    .params = {
        {.name = "radius", .initial = 12.0, .least = 0.0, .most = 512.0, .unit = "px", .title = "Radius"},
        {.name = "angle", .kind = ParamKind::Angle, .unit = "deg"},
        {.name = "count", .kind = ParamKind::Integer, .initial = std::int64_t{3}, .least = 1, .most = 9},
        {.name = "wrap", .kind = ParamKind::Boolean, .initial = false},
        {.name = "mode", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .choices = {"soft", "hard", "screen"}},
        {.name = "words", .kind = ParamKind::Text, .initial = std::string("hello")},
        {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{1, 0.5, 0, 1}, .least = 0.0, .most = 1.0},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -2.0, .most = 2.0},
        {.name = "extent", .kind = ParamKind::Size, .initial = Vec2{1, 1}, .least = 0.0},
        {.name = "delay", .kind = ParamKind::Time, .initial = Moment{}, .least = 0.0, .most = 60.0, .unit = "s"},
        {.name = "file", .kind = ParamKind::File, .initial = ContentId{}, .animatable = false},
        {.name = "font", .kind = ParamKind::Font, .initial = ContentId{}, .animatable = false},
        {.name = "shape", .kind = ParamKind::Curve, .initial = CurvePoints{{0, 0}, {1, 1}}},
        {.name = "ramp", .kind = ParamKind::Gradient, .initial = Gradient{{0, {0, 0, 0, 1}}, {1, {1, 1, 1, 1}}}},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0.0},
        {.name = "formula", .kind = ParamKind::Formula, .initial = std::string("r")},
        {.name = "quality", .initial = 1.0, .least = 0.0, .most = 4.0, .animatable = false},
    },
};

const CatalogueEntry entries[] = {
    {"beat", "00", &beat},
    {"join", "01", &join},
    {"media", "02", &media},
    {"over", "03", &over},
    {"src", "04", &src},
    {"still", "05", &still},
    {"tint", "06", &tint},
};

const Catalogue catalogue{entries};

} // namespace

const Catalogue& fakeEffects()
{
    return catalogue;
}

} // namespace artdag::test
