// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/film_check.h"

#include "core/base/files.h"
#include "ui/qt_std.h"

#include <QStringList>

namespace artdag {

namespace {
Result<VerifyReport> verifyFilm(const QString& film, int frames, const CancelToken& cancel, Workspace& workspace)
{
    VerifyRequest request;
    request.film = toPath(film);
    request.provenance = TRY(readProvenance(TRY(readTextFile(provenancePathOf(request.film)))));
    request.sampleFrames = frames;
    request.differences = toPath(film + QStringLiteral(".differences"));
    request.run.cancel = cancel;
    return verifyWork(request, workspace);
}

QVariantMap answerOf(const QString& question, const VerifyAnswer& answer)
{
    static constexpr const char* verdicts[] = {"yes", "no", "cannot_tell"};
    QStringList words;
    for (const std::string& each : answer.words)
        words << toQt(std::string_view(each));
    return {{QStringLiteral("question"), question}, {QStringLiteral("verdict"), QString::fromLatin1(verdicts[static_cast<int>(answer.verdict)])}, {QStringLiteral("words"), words.join(QLatin1Char('\n'))}};
}
} // namespace

void FilmCheck::setWorkspace(Workspace* workspace)
{
    cancel();
    m_thread = std::make_unique<WorkQueue>(1); // what still runs in the old workspace ends first
    m_workspace = workspace;
}

void FilmCheck::check(const QString& film, int frames)
{
    if (m_workspace == nullptr || film.isEmpty())
        return;
    m_film = film;
    m_answers.clear();
    m_summary = frames == 0 ? tr("Rendering all its frames again …") : tr("Rendering %1 of its frames again …").arg(frames);
    m_busy = true;
    Q_EMIT changed();
    m_thread->post(Urgency::Idle, "check", [this, film, frames, workspace = m_workspace, question = ++m_question](const CancelToken& cancel) {
        auto report = std::make_shared<Result<VerifyReport>>(verifyFilm(film, frames, cancel, *workspace));
        QMetaObject::invokeMethod(
            this, [this, report, question] {
                if (question == m_question)
                    take(*report);
            },
            Qt::QueuedConnection);
    });
}

void FilmCheck::cancel()
{
    ++m_question; // whatever comes is of no interest any more
    m_thread->cancel("check");
    if (!m_busy)
        return;
    m_busy = false;
    m_summary = tr("Not checked: it was given up.");
    Q_EMIT changed();
}

void FilmCheck::take(const Result<VerifyReport>& report)
{
    m_busy = false;
    bool same = false;
    if (!report) {
        m_summary = tr("It cannot be checked: %1").arg(wordsOf(report.error()));
    } else {
        same = report->verified;
        m_answers = {answerOf(tr("Are these the signed bytes?"), report->bytes), answerOf(tr("Does the recipe give these pixels?"), report->pixels),
            answerOf(tr("Is the file an encoding of these pixels?"), report->file)};
        if (report->firstDifferingFrame)
            m_summary = tr("It differs from frame %1 on.").arg(*report->firstDifferingFrame);
        else if (!same)
            m_summary = tr("It could not be made again.");
        else
            m_summary = tr("Rendered again, the same: %1 of %2 frames.").arg(report->framesRendered).arg(report->frames);
    }
    Q_EMIT changed();
    Q_EMIT done(m_film, same, m_summary);
}

} // namespace artdag
