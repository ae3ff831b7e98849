// SPDX-License-Identifier: GPL-3.0-or-later
// From the text of a recipe to a graph of the real effects, for tests that need no store.
#pragma once

#include "core/graph/graph.h"
#include "core/plan/plan.h"

#include <string>

namespace artdag::test {

/// Aborts, with every problem printed, when the recipe does not hold.
std::shared_ptr<const Graph> graphOf(const std::string& text);

/// `{"artdag":1, canvas 64×48 at 25/s for `seconds`, nodes, outputs: main}`.
std::string recipeText(const std::string& nodes, const std::string& picture, double seconds = 2.0, const std::string& sound = {});

/// Sources without media: asking them for any is an error.
class NoSources : public Sources {
public:
    Result<MediaFacts> facts(const ContentId&, const std::string&) override { return fail(Fault::NotFound, "this test has no media"); }
    Result<CodedPointer> picture(const ContentId&, Flicks, const std::string&) override { return fail(Fault::NotFound, "this test has no media"); }
    Result<Sound> sound(const ContentId&, SampleRange, int) override { return fail(Fault::NotFound, "this test has no media"); }
    Result<std::shared_ptr<const Bytes>> file(const ContentId&) override { return fail(Fault::NotFound, "this test has no media"); }
};

} // namespace artdag::test
