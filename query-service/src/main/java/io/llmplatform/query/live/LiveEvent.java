package io.llmplatform.query.live;

import io.llmplatform.contracts.json.ContractJson;

/**
 * An event of the stream.
 *
 * @param id   rises; what a viewer has seen last, to go on from
 * @param json what it tells
 */
record LiveEvent(long id, Channel channel, String json) {
    static LiveEvent of(long id, Channel channel, Object body) {
        return new LiveEvent(id, channel, ContractJson.mapper().writeValueAsString(body));
    }
}
