package io.llmplatform.command.publish;

import io.llmplatform.contracts.personal.PersonalData;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** An {@link io.llmplatform.contracts.event.EventEnvelope} with event and metadata as they are stored: personal data sealed. */
record SealedEnvelope(
        String id,
        long position,
        String type,
        String revision,
        String aggregateType,
        String aggregateId,
        long sequence,
        Instant at,
        JsonNode meta,
        JsonNode data) {

    /** Whose keys it takes to open it. */
    Set<String> subjects() {
        var subjects = PersonalData.subjects(meta);
        subjects.addAll(PersonalData.subjects(data));
        return subjects;
    }
}
