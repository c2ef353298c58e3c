package io.llmplatform.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.command.Service;
import io.llmplatform.contracts.event.EventCatalog;
import java.nio.charset.StandardCharsets;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.SimpleEventBus;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trap 1: Axon runs on what is declared here and on no silent fall-back. Trap 6: names in the store are logical. */
class WiringIT {
    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everyComponentIsTheOneDeclared() {
        var axon = service.bean(Configuration.class);

        assertThat(axon.getComponent(TransactionManager.class)).isInstanceOf(SpringTransactionManager.class);
        assertThat(axon.eventBus()).isInstanceOf(EmbeddedEventStore.class);
        assertThat(service.bean(EventStorageEngine.class)).isInstanceOf(CommitOrderedEventStorageEngine.class);
        assertThat(axon.serializer()).isInstanceOf(EventSerializer.class);
        assertThat(axon.messageSerializer()).isInstanceOf(EventSerializer.class);
        assertThat(axon.eventSerializer()).isInstanceOf(EventSerializer.class);
        assertThat(axon.correlationDataProviders())
                .hasAtLeastOneElementOfType(MessageOriginProvider.class)
                .hasSize(2);
    }

    @Test
    void theFallBacksEndTheStart() {
        var bus = service.bean(Configuration.class).eventBus();

        assertThatThrownBy(() -> WriteSideGuard.check(NoTransactionManager.instance(), bus))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NoTransactionManager");
        assertThatThrownBy(() -> WriteSideGuard.check(
                        service.bean(TransactionManager.class),
                        SimpleEventBus.builder().build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SimpleEventBus");
    }

    @Test
    void theStoreHoldsLogicalNamesRevisionsAndPlainJson() {
        var rows =
                service.jdbc().queryForList("select type, revision, payload, aggregate_type from events.domain_event");

        assertThat(rows).hasSizeGreaterThan(7);
        assertThat(rows).allSatisfy(row -> {
            var event = EventCatalog.classOf((String) row.get("type")).orElseThrow();
            assertThat(row.get("revision")).isEqualTo(EventCatalog.type(event).revision());
            assertThat((String) row.get("type")).startsWith(row.get("aggregate_type") + ".");
            assertThat(new String((byte[]) row.get("payload"), StandardCharsets.UTF_8))
                    .startsWith("{\"")
                    .doesNotContain("@class", "io.llmplatform");
        });
    }
}
