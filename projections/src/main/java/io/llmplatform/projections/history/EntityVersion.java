package io.llmplatform.projections.history;

import io.llmplatform.contracts.event.EventEnvelope;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entity after one of its events.
 *
 * @param changes as the audit log tells them
 */
record EntityVersion(EventEnvelope event, ObjectNode state, ArrayNode changes) {}
