// SPDX-License-Identifier: GPL-3.0-or-later
// The languages of the interface: those that were compiled in, English, and one that nobody speaks, which shows what is not
// translated and what does not fit. Switching is at once.
#pragma once

#include <QObject>
#include <QTranslator>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace artdag {

/// Every text a good third longer, in letters of its own: `Save` → `[Šåvé~~]`. Placeholders and tags stay.
class PseudoTranslator : public QTranslator {
    Q_OBJECT

public:
    using QTranslator::QTranslator;
    [[nodiscard]] QString translate(const char* context, const char* source, const char* disambiguation = nullptr, int n = -1) const override;
    [[nodiscard]] bool isEmpty() const override { return false; }
};

class Languages : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QVariantList all READ all NOTIFY changed)

public:
    static constexpr const char* pseudo = "en-XP";

    using QObject::QObject;
    ~Languages() override;

    /// {name, title}, each in its own language, the system's first under an empty name.
    [[nodiscard]] QVariantList all() const;
    /// `de`, `en`, the pseudo language, or empty for the system's; one that is not there is English.
    void choose(const QString& name);

Q_SIGNALS:
    /// Everything that is shown says its words anew.
    void changed();

private:
    std::unique_ptr<QTranslator> m_translator;
};

} // namespace artdag
