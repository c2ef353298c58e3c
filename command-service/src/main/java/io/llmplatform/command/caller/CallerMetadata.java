package io.llmplatform.command.caller;

import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.json.ContractJson;
import java.util.Map;
import java.util.Optional;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Carries {@link EventMeta} from a command to the events it causes, as plain JSON under one key. */
@Component
public class CallerMetadata implements CorrelationDataProvider {
    private static final String KEY = "meta";
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    /** Metadata for a command. */
    public static MetaData of(EventMeta meta) {
        return MetaData.with(KEY, ContractJson.mapper().convertValue(meta, TREE));
    }

    /** @throws IllegalArgumentException when the metadata is not of an event of ours */
    public static EventMeta read(MetaData metadata) {
        var tree = metadata.get(KEY);
        if (tree == null) {
            throw new IllegalArgumentException("event metadata without '" + KEY + "', has " + metadata.keySet());
        }
        return ContractJson.mapper().convertValue(tree, EventMeta.class);
    }

    /** The id of who caused an event; nothing for an event of unknown origin. */
    public static Optional<String> actorId(MetaData metadata) {
        return metadata.containsKey(KEY) ? Optional.of(read(metadata).actor().id()) : Optional.empty();
    }

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        return message.getMetaData().subset(KEY);
    }
}
