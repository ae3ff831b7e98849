// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document.h"

#include "core/base/files.h"
#include "core/base/random.h"
#include "core/recipe/edit_recipe.h"
#include "tests/ui/sample_recipe.h"
#include "ui/qt_std.h"

#include <QSignalSpy>
#include <QtTest>

using namespace artdag;

namespace {
/// One random edit by a counter; some are refused, as an artist's are.
Result<Recipe> randomEdit(const Recipe& recipe, std::uint64_t seed, std::uint64_t number)
{
    auto pick = [&](std::uint64_t what, std::size_t count) { return static_cast<std::size_t>(randomBits(seed, number, what) % std::max<std::size_t>(1, count)); };
    const std::string node = recipe.nodes.empty() ? std::string("none") : recipe.nodes[pick(1, recipe.nodes.size())].name;
    const std::string other = recipe.nodes.empty() ? std::string("none") : recipe.nodes[pick(2, recipe.nodes.size())].name;
    switch (pick(0, 8)) {
    case 0: return addNode(recipe, pick(3, 2) == 0 ? "blur" : "solid", {static_cast<double>(pick(4, 900)), 20});
    case 1: return recipe.nodes.size() > 2 ? removeNodes(recipe, {node}, pick(3, 2) == 0) : setBypass(recipe, node, true);
    case 2: return artdag::connect(recipe, {other, {}}, node, "picture");
    case 3: return setArgument(recipe, node, "radius", Json(static_cast<std::int64_t>(pick(3, 100))));
    case 4: return setArgument(recipe, node, "radius", std::nullopt);
    case 5: return setBypass(recipe, node, pick(3, 2) == 0);
    case 6: return moveNodes(recipe, {{node, {static_cast<double>(pick(3, 500)), static_cast<double>(pick(4, 500))}}});
    default: return renameNode(recipe, node, freshName(recipe, "renamed"));
    }
}
} // namespace

class DocumentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void undoOfManyEditsGivesTheSameBytesAndRedoTheSameAgain()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        const std::string start = writeRecipe(*document.recipe());
        std::vector<std::string> states{start};
        for (std::uint64_t i = 0; states.size() <= 500 && i < 5000; ++i) {
            Result<Recipe> next = randomEdit(*document.recipe(), 7, i);
            if (!next)
                continue;
            document.apply(std::move(*next), QStringLiteral("edit"));
            states.push_back(writeRecipe(*document.recipe()));
        }
        QVERIFY(states.size() > 400);
        const std::size_t edits = states.size() - 1;
        for (std::size_t i = edits; i-- > 0;) {
            document.undo();
            QCOMPARE(QByteArray::fromStdString(writeRecipe(*document.recipe())), QByteArray::fromStdString(states[i]));
        }
        QVERIFY(!document.canUndo());
        QVERIFY(!document.isModified());
        for (std::size_t i = 1; i <= edits; ++i) {
            document.redo();
            QCOMPARE(QByteArray::fromStdString(writeRecipe(*document.recipe())), QByteArray::fromStdString(states[i]));
        }
        QVERIFY(!document.canRedo());
    }

    void undoGivesTheVerySnapshotThatWasShown()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        const RecipePointer before = document.recipe();
        document.setTitle(QStringLiteral("Other"));
        document.undo();
        QCOMPARE(document.recipe().get(), before.get());
    }

    void aGestureIsOneStep()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        QSignalSpy changes(&document, &Document::recipeChanged);
        document.beginGesture(QStringLiteral("Radius"));
        for (int radius = 5; radius < 60; ++radius)
            document.change(setArgument(*document.recipe(), "soft", "radius", Json(radius)));
        document.endGesture();
        QCOMPARE(changes.count(), 55);
        QCOMPARE(document.steps(), std::size_t{2});
        QCOMPARE(document.undoText(), QStringLiteral("Radius"));
        document.undo();
        QCOMPARE(document.recipe()->node("soft")->arg("radius")->get<double>(), 4.0);
        document.redo();
        QCOMPARE(document.recipe()->node("soft")->arg("radius")->get<double>(), 59.0);
    }

    /// A hand goes on dragging after Ctrl+Z, or after a command has changed something else.
    void whatIsDraggedOnAfterAnUndoChangesNothing()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        const auto drag = [&](int radius) { document.change(setArgument(*document.recipe(), "soft", "radius", Json(radius))); };
        document.beginGesture(QStringLiteral("Radius"));
        drag(9);
        document.undo();
        drag(10);
        document.endGesture();
        QCOMPARE(document.recipe()->node("soft")->arg("radius")->get<int>(), 4);
        QCOMPARE(document.steps(), std::size_t{1});
        document.beginGesture(QStringLiteral("Radius"));
        drag(9);
        document.setTitle(QStringLiteral("Another"));
        drag(10);
        document.endGesture();
        QCOMPARE(document.recipe()->node("soft")->arg("radius")->get<int>(), 9);
        QCOMPARE(document.steps(), std::size_t{3});
    }

    void whoeverIsToldMayAskForTheRecipe()
    {
        // A view reads the document from within each signal.
        Document document;
        document.reset(sampleRecipe(), {});
        int told = 0;
        for (auto signal : {&Document::recipeChanged, &Document::stepsChanged, &Document::gestureEnded, &Document::opened})
            QObject::connect(&document, signal, &document, [&] { told += document.title().isEmpty() ? 0 : 1; });
        document.beginGesture(QStringLiteral("Radius"));
        document.change(setArgument(*document.recipe(), "soft", "radius", Json(9)));
        document.change(setArgument(*document.recipe(), "soft", "radius", Json(10)));
        document.endGesture();
        document.undo();
        document.redo();
        QVERIFY(told >= 9);
    }

    void aGestureThatComesBackIsNoStep()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        const RecipePointer before = document.recipe();
        document.beginGesture(QStringLiteral("Radius"));
        document.change(setArgument(*document.recipe(), "soft", "radius", Json(9)));
        document.change(setArgument(*document.recipe(), "soft", "radius", Json(4)));
        document.endGesture();
        QVERIFY(!document.canUndo());
        QCOMPARE(document.recipe().get(), before.get());
    }

    void aCancelledGestureLeavesNothing()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        document.beginGesture(QStringLiteral("Radius"));
        document.change(setArgument(*document.recipe(), "soft", "radius", Json(9)));
        document.undo(); // while dragging: the drag is taken back
        QVERIFY(!document.inGesture());
        QVERIFY(!document.canUndo());
        QCOMPARE(document.recipe()->node("soft")->arg("radius")->get<double>(), 4.0);
    }

    void aRefusedEditChangesNothingAndSaysWhy()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        QSignalSpy refused(&document, &Document::refused);
        QVERIFY(!document.apply(artdag::connect(*document.recipe(), {"soft", {}}, "tint", "picture"), QStringLiteral("Connect")));
        QCOMPARE(refused.count(), 1);
        QVERIFY2(refused.first().first().toString().contains(QStringLiteral("tint")), qPrintable(refused.first().first().toString()));
        QVERIFY(!document.canUndo());
    }

    void aNewEditForgetsWhatWasUndone()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        document.setTitle(QStringLiteral("One"));
        document.undo();
        document.setTitle(QStringLiteral("Two"));
        QVERIFY(!document.canRedo());
        QCOMPARE(document.steps(), std::size_t{2});
    }

    void savingIsTheWrittenFormAndClearsModified()
    {
        auto folder = TemporaryDirectory::make();
        QVERIFY(folder.has_value());
        Document document;
        document.reset(sampleRecipe(), {});
        document.setTitle(QStringLiteral("Saved"));
        QVERIFY(document.isModified());
        const auto path = folder->path() / "saved.artdag";
        QVERIFY(saveRecipe(*document.recipe(), path).has_value());
        document.markSaved(document.recipe(), pathToQt(path));
        QVERIFY(!document.isModified());
        const auto text = readTextFile(path);
        QVERIFY(text.has_value());
        QCOMPARE(QByteArray::fromStdString(*text), QByteArray::fromStdString(writeRecipe(*document.recipe())));
        document.undo();
        QVERIFY(document.isModified());
        document.redo();
        QVERIFY(!document.isModified());
    }
};

QTEST_GUILESS_MAIN(DocumentTest)
#include "document_test.moc"
