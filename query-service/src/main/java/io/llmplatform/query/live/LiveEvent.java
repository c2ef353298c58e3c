package io.llmplatform.query.live;

import io.llmplatform.contracts.json.ContractJson;

/**
 * An event of the stream.
 *
 * @param id   rises; what a viewer has seen last, to go on from
 * @param name {@code tick} or {@code audit}
 * @param json what it tells
 */
record LiveEvent(long id, String name, String json) {
    static LiveEvent of(long id, String name, Object body) {
        return new LiveEvent(id, name, ContractJson.mapper().writeValueAsString(body));
    }
}
