package io.llmplatform.command.platformsettings;

import io.llmplatform.command.change.Change;
import io.llmplatform.command.platformsettings.ChangePlatformSettings.Edit;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.event.PlatformSettingsEvent.Details;
import io.llmplatform.contracts.event.PlatformSettingsEvent.PlatformSettingsChanged;
import io.llmplatform.contracts.policy.Limits;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class RuntimeSettingsTest {
    private static final String ID = PlatformSettingsEvent.ID;
    private static final Details TWO = new Details(null, 2, null, null, null, null, null);
    private static final PlatformSettingsChanged CHANGED = new PlatformSettingsChanged(ID, Details.NONE, TWO);

    private final AggregateTestFixture<RuntimeSettings> settings = new AggregateTestFixture<>(RuntimeSettings.class);

    @Test
    void comeToBeWithTheirFirstChange() {
        settings.givenNoPriorActivity()
                .when(change(null, Change.to(2), Change.keep()))
                .expectEvents(CHANGED)
                .expectResultMessagePayload(0L);
        settings.givenNoPriorActivity()
                .when(change(0L, Change.to(2), Change.keep()))
                .expectNoEvents()
                .expectException(Refusal.StaleVersion.class);
    }

    @Test
    void areSetAndClearedOneByOne() {
        var limited = new Details(null, 2, null, null, new Limits(60L, null, null), null, null);
        settings.given(CHANGED)
                .when(change(0L, Change.keep(), Change.to(new Limits(60L, null, null))))
                .expectEvents(new PlatformSettingsChanged(ID, TWO, limited))
                .expectResultMessagePayload(1L);
        settings.given(CHANGED, new PlatformSettingsChanged(ID, TWO, limited))
                .when(change(1L, new Change.Clear<>(), Change.keep()))
                .expectEvents(new PlatformSettingsChanged(
                        ID, limited, new Details(null, null, null, null, new Limits(60L, null, null), null, null)));
    }

    @Test
    void whatIsSetAnywayIsNoEvent() {
        settings.given(CHANGED)
                .when(change(null, Change.to(2), new Change.Clear<>()))
                .expectNoEvents()
                .expectResultMessagePayload(0L);
    }

    private static ChangePlatformSettings change(
            Long expected, Change<Integer> maxAttempts, Change<Limits> defaultKeyLimits) {
        return new ChangePlatformSettings(
                ID,
                expected,
                new Edit(
                        Change.keep(),
                        maxAttempts,
                        Change.keep(),
                        Change.keep(),
                        defaultKeyLimits,
                        Change.keep(),
                        Change.keep()));
    }
}
