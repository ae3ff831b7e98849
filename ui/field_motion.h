// SPDX-License-Identifier: GPL-3.0-or-later
// How a field changes over time: keyframes at the playhead, its value there, and what it can follow. Pure functions from a
// recipe to the next one; they evaluate nothing that needs an analysis.
#pragma once

#include "ui/field.h"

namespace artdag {

/// What an expression or keyframes give `seconds` into the film, as a literal of the field; none for bindings, recipe
/// parameters and what is in error.
std::optional<Json> literalAt(const Recipe& recipe, const Catalogue& effects, const Field& field, double seconds);

/// Keyframes, told apart by the frames of `rate` that their times fall on.
int keyCount(const Field& field);
bool hasKeyAt(const Field& field, std::int64_t frame, Rate rate);
/// Of the next key after (`step` 1) or before (−1) a frame.
std::optional<std::int64_t> keyFrom(const Field& field, std::int64_t frame, int step, Rate rate);
/// The argument with a key of that value at the frame, in place of one that is there; anything but keyframes becomes one key.
Json withKeyAt(const Field& field, const Json& literal, std::int64_t frame, Rate rate);
/// Without the key at the frame; the last one to go leaves its value as a constant.
Json withoutKeyAt(const Field& field, std::int64_t frame, Rate rate);
/// How the value goes on after the key at the frame: hold, linear, smooth.
QString easeAt(const Field& field, std::int64_t frame, Rate rate);
Json withEaseAt(const Field& field, std::int64_t frame, const QString& ease, Rate rate);

/// Something a field can follow.
struct FollowChoice {
    QString id; ///< a wire, or `new:beats`
    QString title;
    bool made = false; ///< it is not in the recipe yet and will be
};
/// Whether signals can lead it.
bool canFollow(const Field& field);
/// Signals, events and sounds of the recipe that the field's node does not feed, after what can be made for it.
std::vector<FollowChoice> followChoices(const Recipe& recipe, const Catalogue& effects, const Field& field);
/// Binds the field, adding the node that it follows where that is not there yet. The range begins at the present value.
/// NotFound when there is no sound to analyse.
Result<Recipe> follow(const Recipe& recipe, const Catalogue& effects, const Field& field, const QString& id);
/// The binding with one member set (`range`, `smooth`, `offset`, `decay`, `noise`, `map`); none takes it away.
Json withFollowMember(const Field& field, const char* member, std::optional<Json> value);
/// `follows beats · 0.10 – 0.90 · decay 0.25 s`
QString followWords(const Field& field);

/// Makes a parameter of the recipe that holds the field's value, shows it among the handles, and lets the field take it.
Result<Recipe> makeParameter(const Recipe& recipe, const Field& field);
/// Names of the recipe's parameters that the field could take.
QStringList parametersFor(const Recipe& recipe, const Field& field);
/// Both take the same parameter of the recipe: the one that `from` takes already, else one that is made of it. BadInput where
/// its kind does not fit, or nothing can be made of it.
Result<Recipe> linkFields(const Recipe& recipe, const Field& from, const Field& to);

} // namespace artdag
