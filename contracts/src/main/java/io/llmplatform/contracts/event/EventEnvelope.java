package io.llmplatform.contracts.event;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A stored event as published on {@code domain.v1}.
 *
 * @param id            unique id of the event
 * @param position      place in the event store: rising in commit order, gaps allowed
 * @param type          {@link EventType#name()}
 * @param revision      {@link EventType#revision()} it was stored with; {@link EventHistory} brings it to today's
 * @param aggregateType {@code user}, {@code team}, {@code api_key}, {@code provider}, {@code model}, {@code price_book}, {@code platform_settings},
 *                      {@code saved_search}, {@code signing_key}, {@code session}, {@code login} or {@code attempt}
 * @param sequence      0-based, without gaps, per aggregate
 * @param data          the event itself; {@link EventCatalog#read} turns it into its class
 */
public record EventEnvelope(
        String id,
        long position,
        String type,
        String revision,
        String aggregateType,
        String aggregateId,
        long sequence,
        Instant at,
        EventMeta meta,
        JsonNode data) {}
