// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/fractal_view.h"

namespace artdag {

std::vector<Param> fractalParams(std::vector<Param> own, Vec2 centre)
{
    own.insert(own.end(), {
                              {.name = "centre", .kind = ParamKind::Point, .initial = centre, .least = -4.0, .most = 4.0, .step = 0.001, .title = "Centre", .help = "Real and imaginary part of the point in the middle", .group = "View"},
                              {.name = "zoom", .initial = 1.0, .least = 0.01, .most = 1e13, .step = 0.1, .title = "Zoom", .help = "1 shows all of it; for an even dive write an expression like pow(2, t)", .group = "View"},
                              {.name = "rotation", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Rotation", .group = "View"},
                              {.name = "iterations", .kind = ParamKind::Integer, .initial = std::int64_t{256}, .least = 8, .most = 4096, .step = 8, .title = "Iterations", .help = "More show finer filaments deep down, and take longer"},
                              {.name = "density", .initial = 0.25, .least = 0.01, .most = 8.0, .title = "Density", .help = "How many bands from black to white and back", .group = "Tone"},
                              {.name = "offset", .initial = 0.0, .title = "Offset", .help = "Moves the bands; 1 is once around", .group = "Tone"},
                              {.name = "bands", .kind = ParamKind::Choice, .initial = std::int64_t{2}, .title = "Bands", .help = "How bands follow the number of steps n: n/16, √n/2 or log2(n + 1)", .group = "Tone", .choices = {"even", "root", "log"}, .animatable = false},
                              {.name = "inside", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Inside", .help = "Tone of the set itself", .group = "Tone"},
                              {.name = "samples", .kind = ParamKind::Integer, .initial = std::int64_t{1}, .least = 1, .most = 4, .step = 1, .title = "Samples", .help = "n × n points a pixel: smooth edges", .animatable = false},
                          });
    return own;
}

FractalWindow fractalWindow(const Call& call, double span)
{
    FractalWindow window;
    window.x = call.args.vec2("centre").x;
    window.y = call.args.vec2("centre").y;
    window.span = span / call.args.real("zoom");
    window.degrees = call.args.real("rotation");
    window.limit = static_cast<int>(call.args.integer("iterations"));
    window.scale = static_cast<BandScale>(call.args.choice("bands"));
    window.density = call.args.real("density");
    window.offset = call.args.real("offset");
    window.inside = call.args.real("inside");
    window.samples = static_cast<int>(call.args.integer("samples"));
    return window;
}

} // namespace artdag
