package io.llmplatform.command.caller;

import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.personal.PersonalData;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Carries {@link EventMeta} from a command to the events it causes, as plain JSON under one key. */
@Component
public class CallerMetadata implements CorrelationDataProvider {
    private static final String KEY = "meta";
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    /** Metadata for a command. */
    public static MetaData of(EventMeta meta) {
        return MetaData.with(KEY, ContractJson.mapper().convertValue(meta, TREE));
    }

    /**
     * As it is stored: personal data sealed.
     *
     * @throws IllegalArgumentException when the metadata is not of an event of ours
     */
    public static JsonNode stored(MetaData metadata) {
        var tree = metadata.get(KEY);
        if (tree == null) {
            throw new IllegalArgumentException("event metadata without '" + KEY + "', has " + metadata.keySet());
        }
        return ContractJson.mapper().valueToTree(tree);
    }

    /** The same metadata with the personal data in it sealed. */
    public static MetaData sealed(MetaData metadata, Function<String, byte[]> keyOf) {
        if (!metadata.containsKey(KEY)) {
            return metadata;
        }
        var tree = stored(metadata);
        PersonalData.seal(tree, keyOf);
        return metadata.and(KEY, ContractJson.mapper().convertValue(tree, TREE));
    }

    /** The id of who caused an event; nothing for an event of unknown origin. */
    public static Optional<String> actorId(MetaData metadata) {
        return metadata.containsKey(KEY)
                ? Optional.of(stored(metadata).at("/actor/id").stringValue())
                : Optional.empty();
    }

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        return message.getMetaData().subset(KEY);
    }
}
