// SPDX-License-Identifier: GPL-3.0-or-later
// After publishing: a work is updated by a claim that supersedes, shown to others, withdrawn; inputs of others are cited with their
// address, share, and their owners agree.
#include "core/store/store.h"
#include "core/workflow/change_work.h"
#include "core/workflow/publication.h"
#include "tests/server/server_process.h"
#include "tests/server/signed_work.h"

#include <QTest>

using namespace artdag;

class ChangeWorkTest : public QObject {
    Q_OBJECT

    ServerProcess m_server;
    std::optional<TemporaryDirectory> m_home;
    std::unique_ptr<Store> m_store;
    std::optional<SigningKey> m_key, m_carolsKey;
    Session m_giles, m_carol;

    PublishedWork publish(const std::string& seed, const std::function<void(SignedWork&)>& change = {}, const std::function<void(PublishRequest&)>& choose = {})
    {
        SignedWork work = makeSignedWork(seed, *m_key, m_giles.account);
        if (change) {
            change(work);
            work.signManifest(*m_key);
        }
        const auto path = m_home->path() / "film.mp4";
        CHECK(writeFileAtomically(path, bytesOf(work.film)));
        for (const std::string& bytes : {work.digests, work.input, work.recipe})
            CHECK(m_store->put(bytesOf(bytes), ObjectClass::Asset));
        PublishRequest request;
        request.film = path;
        request.recipe = work.recipe;
        request.manifest = work.manifest;
        request.key = *m_key;
        request.alt = "A cat";
        if (choose)
            choose(request);
        auto published = publishWork(m_server.http(), m_giles, *m_store, request);
        if (!published)
            qFatal("%s", published.error().message.c_str());
        return std::move(*published);
    }
    Json json(const std::string& path) { return readJson(m_server.get(path).body).value_or(Json()); }
    Result<PublishedWork> update(const std::string& name, const WorkChange& change) { return updateWork(m_server.http(), m_giles, *m_store, m_key, name, change); }

private Q_SLOTS:
    void initTestCase()
    {
        m_home.emplace(*TemporaryDirectory::make());
        qputenv("ARTDAG_HOME", QByteArray::fromStdString((m_home->path() / "home").string()));
        QVERIFY(m_server.start());
        m_store = std::move(*openStore(m_home->path() / "store"));
        m_key = *SigningKey::generate(KeyAlgorithm::Ed25519);
        m_carolsKey = *SigningKey::generate(KeyAlgorithm::Ed25519);
        m_giles = *login(m_server.http(), m_server.url(), "giles", "correct horse", true);
        m_carol = *login(m_server.http(), m_server.url(), "carol", "correct horse", true);
    }

    void whatIsSaidBesideTheClaimChangesWithoutANewOne()
    {
        const PublishedWork work = publish("beside");
        const auto changed = updateWork(m_server.http(), m_giles, *m_store, std::nullopt, work.name, {.alt = "A drawn cat", .visibility = "unlisted"});
        QVERIFY2(changed.has_value(), changed ? "" : changed.error().message.c_str());
        QCOMPARE(changed->claim, work.claim);
        const Json asset = json("/assets/@giles/" + work.name);
        QVERIFY(asset["alt"] == "A drawn cat" && asset["visibility"] == "unlisted");
    }

    void whatIsInTheClaimChangesByOneThatSupersedes()
    {
        const PublishedWork work = publish("within");
        const auto changed = update(work.name, {.title = "Spun", .tags = std::vector<std::string>{"cat"}});
        QVERIFY2(changed.has_value(), changed ? "" : changed.error().message.c_str());
        QCOMPARE(changed->page, work.page);
        QCOMPARE(changed->object, work.object);
        const ClaimFacts claim = *readClaim(json("/assets/@giles/" + work.name + "/claim"));
        QCOMPARE(claim.version, std::int64_t(2));
        QVERIFY(claim.supersedes == work.claim);
        QCOMPARE(claim.title, "Spun");
        QCOMPARE(claim.tags, std::vector<std::string>{"cat"});
        QVERIFY(json("/assets/@giles/" + work.name)["alt"] == "A cat");         // stays
        const auto same = update(work.name, {.alt = "A cat", .title = "Spun"}); // nothing to do
        QVERIFY2(same.has_value(), same ? "" : same.error().message.c_str());
        QCOMPARE(same->claim, changed->claim);
        QCOMPARE(updateWork(m_server.http(), m_giles, *m_store, std::nullopt, work.name, {.title = "Unsigned"}).error().fault, Fault::Denied);
    }

    void aRecipeIsClosedAndOpenedAgain()
    {
        const PublishedWork work = publish("door");
        const std::string recipe = "/assets/@giles/" + work.name + "/recipe";
        QCOMPARE(m_server.get(recipe, "*/*").status, 200);
        QVERIFY(update(work.name, {.recipeAccess = "request"}).has_value());
        QCOMPARE(m_server.get(recipe, "*/*").status, 404);
        const auto open = update(work.name, {.recipeAccess = "public"});
        QVERIFY2(open.has_value(), open ? "" : open.error().message.c_str());
        QCOMPARE(m_server.get(recipe, "*/*").status, 200);
        QCOMPARE(update(work.name, {.recipeAccess = "nonsense"}).error().fault, Fault::BadInput);
    }

    void whatWasKeptBackIsSentWhenItBecomesPublic()
    {
        const PublishedWork work = publish("opened", {}, [](PublishRequest& request) {
            request.recipeAccess = "sealed";
            request.inputsPublic = false;
        });
        const auto open = update(work.name, {.recipeAccess = "public", .inputsPublic = true});
        QVERIFY2(open.has_value(), open ? "" : open.error().message.c_str());
        QCOMPARE(m_server.get("/assets/@giles/" + work.name + "/recipe", "*/*").status, 200);
        QCOMPARE(m_server.get("/media/" + nameOfBytes(makeSignedWork("opened", *m_key, "").input).hex(), "*/*").status, 200);
    }

    void aWithdrawnWorkIsGoneAndWithdrawingAgainIsNoError()
    {
        const PublishedWork work = publish("gone");
        QVERIFY(withdrawWork(m_server.http(), m_giles, work.name).has_value());
        QCOMPARE(m_server.get("/assets/@giles/" + work.name).status, 410);
        QVERIFY(withdrawWork(m_server.http(), m_giles, work.name).has_value());
        QCOMPARE(withdrawWork(m_server.http(), m_giles, "never-was").error().fault, Fault::NotFound);
        QCOMPARE(update(work.name, {.alt = "x"}).error().fault, Fault::NotFound);
    }

    void worksAreNamedByNameOrAddress_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        const QString server = QString::fromStdString(m_server.url());
        QTest::newRow("name") << "spin-2"
                              << "spin-2";
        QTest::newRow("page") << server + "/asset/@giles/spin"
                              << "spin";
        QTest::newRow("asset") << server + "/assets/@giles/spin"
                               << "spin";
        QTest::newRow("another's") << server + "/asset/@carol/spin"
                                   << "";
        QTest::newRow("elsewhere") << "https://b.example/asset/@giles/spin"
                                   << "";
        QTest::newRow("a path") << "../spin"
                                << "";
        QTest::newRow("a path in a page") << server + "/asset/@giles/../carol/x"
                                          << "";
        QTest::newRow("nothing") << ""
                                 << "";
    }
    void worksAreNamedByNameOrAddress()
    {
        QFETCH(QString, text);
        QFETCH(QString, name);
        const auto found = ownWorkName(m_giles, text.toStdString());
        QCOMPARE(found ? QString::fromStdString(*found) : QString(), name);
    }

    void anInputOfAnotherIsCitedSharesAndItsOwnerAgrees()
    {
        // Carol publishes a picture; giles makes a film of it.
        const std::string picture = "\x89PNG\r\n\x1a\n by carol";
        const ContentId id = m_server.upload(picture, m_carol.token);
        const HttpAnswer hers = m_server.post("/assets", Json{{"name", "cat"}, {"content_hash", id.text()}, {"asset_type", "image"}}, m_carol.token);
        QVERIFY2(hers.status == 201, hers.body.c_str());
        const PublishedWork work = publish("cited", [&](SignedWork& made) {
            made.input = picture;
            made.run.inputs[0].contentHash = id;
        });
        const Json claim = json("/assets/@giles/" + work.name + "/claim");
        const ClaimFacts facts = *readClaim(claim);
        const auto input = std::ranges::find_if(facts.ingredients, [](const Ingredient& part) { return part.role == IngredientRole::Input; });
        QVERIFY(input != facts.ingredients.end());
        QCOMPARE(input->owner, m_carol.account);
        QCOMPARE(input->url, m_server.url() + "/asset/@carol/cat");
        const std::vector<Share> shares = sharesOf(facts.ingredients, m_giles.account);
        QCOMPARE(shares.size(), std::size_t(2));
        QCOMPARE(shares[0].owner, m_giles.account);
        QCOMPARE(shares[0].basisPoints + shares[1].basisPoints, 10'000);
        QCOMPARE(shares[1].basisPoints, 6667); // 40 of 40 + 20

        const auto before = payeesOf(m_server.http(), m_giles, work.name);
        QVERIFY2(before.has_value(), before ? "" : before.error().message.c_str());
        QVERIFY((*before)[0].agreed && !(*before)[1].agreed);
        const auto agreed = consentToShare(m_server.http(), m_carol, *m_carolsKey, work.page);
        QVERIFY2(agreed.has_value(), agreed ? "" : agreed.error().message.c_str());
        QCOMPARE(*agreed, 6667);
        QVERIFY((*payeesOf(m_server.http(), m_giles, work.name))[1].agreed);
        QCOMPARE(consentToShare(m_server.http(), m_carol, *m_carolsKey, publish("alone").page).error().fault, Fault::NotFound);
    }

    void sharesThatTheCreatorStatesAreSignedAndAgreedTo()
    {
        const std::string drummer = "@drummer@b.example";
        const PublishedWork work = publish(
            "stated", {}, [&](PublishRequest& request) { request.shares = {{m_carol.account, 1250}, {drummer, 3333}}; });
        const ClaimFacts facts = *readClaim(json("/assets/@giles/" + work.name + "/claim"));
        QCOMPARE(facts.payoutPolicy, std::string(statedPolicy));
        const std::vector<Share> shares = sharesOf(facts.ingredients, m_giles.account);
        QCOMPARE(shares.size(), std::size_t(3));
        QCOMPARE(shares[0].basisPoints, 10'000 - 1250 - 3333);
        QVERIFY(shares[1].owner == m_carol.account && shares[1].basisPoints == 1250);
        QVERIFY(shares[2].owner == drummer && shares[2].basisPoints == 3333);
        // She is told, although nothing of hers is in it.
        const Json told = readJson(m_server.get("/notifications", "application/json", m_carol.token).body)->at("items").at(0);
        QCOMPARE(told["kind"].get<std::string>(), "share");
        QCOMPARE(told["work"].get<std::string>(), "@giles/" + work.name);
        const auto agreed = consentToShare(m_server.http(), m_carol, *m_carolsKey, work.page);
        QVERIFY2(agreed.has_value(), agreed ? "" : agreed.error().message.c_str());
        QCOMPARE(*agreed, 1250);
        const auto payees = payeesOf(m_server.http(), m_giles, work.name);
        QVERIFY((*payees)[1].agreed && !(*payees)[2].agreed);

        const ContentId recipe = nameOfBytes("recipe");
        const std::vector<Ingredient> two{{IngredientRole::Input, nameOfBytes("a"), m_carol.account, 5000, ""}, {IngredientRole::Input, nameOfBytes("b"), m_carol.account, 5000, ""}};
        const auto split = statedShares(two, {{m_carol.account, 9999}}, m_giles.account, recipe); // an odd share over two inputs, the last point is the creator's
        QVERIFY(split.has_value() && split->size() == 3);
        QVERIFY((*split)[0].weight == 5000 && (*split)[1].weight == 4999 && (*split)[2].weight == 1 && (*split)[2].owner == m_giles.account);
        for (const std::vector<Share>& wrong : {std::vector<Share>{{drummer, 0}}, {{drummer, 10'001}}, {{drummer, 6000}, {m_carol.account, 4001}}, {{drummer, 1}, {drummer, 1}}, {{"drummer", 1}}, {{m_giles.account, 1}}})
            QCOMPARE(statedShares(two, wrong, m_giles.account, recipe).error().fault, Fault::BadInput);
    }

    void nobodyElseNamedLeavesTheClaimAsItWas()
    {
        const SignedWork work = makeSignedWork("plain", *m_key, m_giles.account);
        QVERIFY(citedIngredients(work.run, m_giles.account, {}) == ingredientsOf(work.run));
        QVERIFY(citedIngredients(work.run, m_giles.account, {{work.run.inputs[0].contentHash, m_giles.account, "https://a.example/x"}}) == ingredientsOf(work.run));
    }
};

QTEST_GUILESS_MAIN(ChangeWorkTest)
#include "change_work_test.moc"
