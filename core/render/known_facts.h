// SPDX-License-Identifier: GPL-3.0-or-later
// What probing media found, kept in the store by content: a plan of media that were seen before opens no file.
#pragma once

#include "core/effect/effect.h"
#include "core/store/store.h"

#include <optional>

namespace artdag {

/// Nothing for media that were not seen by this build of the probe, or are no longer in the store, they or what was baked of them.
std::optional<Sources::MediaFacts> knownFacts(Store& store, const ContentId& media, const std::string& layer = {});
/// What MediaFile::found said when the facts were noted; empty where nothing is known.
std::string knownWords(Store& store, const ContentId& media);
/// Media under a provisional id are not noted. That they could not be noted harms nobody.
void noteFacts(Store& store, const ContentId& media, const std::string& layer, const Sources::MediaFacts& facts, const std::string& words);

/// The places of a film's packets (StoredPackets::places), empty where nothing is known.
Bytes knownPlaces(Store& store, const ContentId& media);
void notePlaces(Store& store, const ContentId& media, const Bytes& places);

} // namespace artdag
