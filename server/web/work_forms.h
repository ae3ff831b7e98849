// SPDX-License-Identifier: GPL-3.0-or-later
// The pages with which a work is changed, withdrawn, published again and taken down. Each says what will happen before it does.
#pragma once

#include "server/db/works.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <map>
#include <string>
#include <vector>

namespace artdag::server {

/// What all of them need: the token of their forms, what was done, what is wrong with the whole.
struct WorkFrame {
    std::string token, notice, problem;
};

/// Names of the form's fields are the members of PATCH /assets/…; tags with commas between.
struct WorkEdit {
    Work work;                                   ///< as it is
    std::map<std::string, std::string> typed;    ///< by field, in place of what is
    std::map<std::string, std::string> problems; ///< by field, in words
    std::string recipeAccess, inputsAccess;      ///< as the claim has them; empty without one
};
/// Fields for what may change here, and in words what only a new claim changes.
Response editWorkPage(const Site& site, const WorkFrame& frame, const WorkEdit& edit, int status = 200);

/// Asks before it withdraws. `uses`: living works that are made from this one.
Response withdrawPage(const Site& site, const WorkFrame& frame, const Work& work, std::size_t uses);
/// What the trash has of a withdrawn work.
struct Trash {
    std::int64_t keptUntil = 0; ///< µs
    bool isKept = false;        ///< until then
    bool hasBytes = false;      ///< else only its hash was ever here
};
/// A withdrawn work, for its owner: until when it can be published again, which is offered until then.
Response withdrawnPage(const Site& site, const WorkFrame& frame, const Work& work, const Trash& trash, int status = 200);
/// Asks a moderator for the reason.
Response takeDownPage(const Site& site, const WorkFrame& frame, const Work& work, const std::string& typedReason, const std::string& reasonProblem, int status = 200);

/// All of a person's works under /settings: how they are shown, and those that can still be published again.
struct OwnWorks {
    std::vector<Work> living, withdrawn; ///< newest first
};
Response ownWorksPage(const Site& site, const OwnWorks& works);

/// `everybody`, `everybody, but not listed` … of a visibility.
std::string visibilityWords(const std::string& visibility);

} // namespace artdag::server
