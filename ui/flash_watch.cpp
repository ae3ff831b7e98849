// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/flash_watch.h"

#include "ui/qt_std.h"

namespace artdag {

namespace {
constexpr double lookScale = 0.125;

Problem problemOf(const QString& what, const std::pair<double, double>& when)
{
    Problem problem;
    problem.severity = Problem::Severity::Warning;
    problem.message
        = toStd(QObject::tr("%1: it flashes more than three times a second from %2 to %3, which can harm people with photosensitive epilepsy")
                    .arg(what, timeText(when.first), timeText(when.second)));
    problem.hint = toStd(QObject::tr("Slow the flashing to 3 a second, let it change less than a tenth in brightness, or make it smaller."));
    return problem;
}
} // namespace

FlashWatch::FlashWatch(Viewer& viewer, Document& document, QObject* parent)
    : QObject(parent),
      m_viewer(&viewer),
      m_document(&document)
{
    connect(m_viewer, &Viewer::flashesFound, this, &FlashWatch::changed);
    connect(m_document, &Document::opened, this, [this] {
        ++m_look;
        m_rendered.clear();
        m_viewer->flashes().clear();
    });
}

std::vector<Problem> FlashWatch::problems() const
{
    std::vector<Problem> problems;
    if (const auto when = m_viewer->flashes().found())
        problems.push_back(problemOf(tr("what was played"), *when));
    else if (const auto rendered = m_rendered.found())
        problems.push_back(problemOf(tr("the rendered film"), *rendered));
    return problems;
}

void FlashWatch::lookThrough(const RecipePointer& recipe)
{
    m_rendered.clear();
    m_film = targetOfFilm(*recipe);
    m_film.sound.reset();
    m_film.recipe = recipe;
    ++m_look;
    if (m_film.picture)
        lookAt(0);
}

void FlashWatch::lookAt(std::int64_t frame)
{
    const RecipeCanvas& canvas = m_film.recipe->canvas;
    if (m_engine == nullptr || frame >= framesOfSeconds(canvas.duration, canvas.rate)) {
        m_film.recipe.reset();
        return;
    }
    m_engine->askPicture(Urgency::Background, "flashes", m_film, frame, lookScale, [this, frame, look = m_look](Result<PreviewPicture> picture) {
        if (look != m_look)
            return;
        const bool found = picture && m_rendered.add(static_cast<double>(frame) / m_film.recipe->canvas.rate.perSecond(), picture->image);
        if (found)
            Q_EMIT changed();
        lookAt(frame + 1);
    });
}

} // namespace artdag
