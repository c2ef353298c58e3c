package io.llmplatform.command.eventstore;

import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.command.personal.PersonKeyStore;
import io.llmplatform.contracts.event.DomainEvent;
import io.llmplatform.contracts.event.EventCatalog;
import io.llmplatform.contracts.event.EventType;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.personal.PersonalData;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Stores events under their {@link EventType} name and revision, as the contracts' JSON; everything else (tokens,
 * metadata) as Axon's Jackson 3 serializer does. Personal data, in events and metadata, is sealed on the way in. Axon's own tokens are let through its type check, without which a
 * {@code ReplayToken} is written but never read back, and a reset ends in an error.
 */
public final class EventSerializer extends Jackson3Serializer {
    private final PersonKeyStore keys;

    private EventSerializer(Builder builder, PersonKeyStore keys) {
        super(builder);
        this.keys = keys;
    }

    /** The one for events, messages and tokens alike. */
    public static EventSerializer create(PersonKeyStore keys) {
        return new EventSerializer(
                Jackson3Serializer.builder()
                        .revisionResolver(EventSerializer::revisionOf)
                        .lenientDeserialization()
                        .jsonMapperBuilderCustomizer(
                                mapper -> mapper.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                                        .allowIfSubType("org.axonframework.")
                                        .allowIfSubType("java.util.")
                                        .build())),
                keys);
    }

    private static @Nullable String revisionOf(Class<?> type) {
        return DomainEvent.class.isAssignableFrom(type)
                ? EventCatalog.type(type).revision()
                : null;
    }

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> representation) {
        if (object instanceof MetaData metadata) {
            return super.serialize(CallerMetadata.sealed(metadata, keys::obtain), representation);
        }
        if (!(object instanceof DomainEvent event)) {
            return super.serialize(object, representation);
        }
        try {
            JsonNode tree = ContractJson.mapper().valueToTree(event);
            PersonalData.seal(tree, keys::obtain);
            var json = ContractJson.mapper().writeValueAsBytes(tree);
            return new SimpleSerializedObject<>(
                    getConverter().convert(json, representation), representation, typeForClass(event.getClass()));
        } catch (JacksonException e) {
            throw new SerializationException("event of type " + event.getClass().getName() + " is not serializable", e);
        }
    }

    /** Opens the personal data of an event; metadata stay as they are stored, for nobody here reads them. */
    @Override
    public <S, T> T deserialize(SerializedObject<S> stored) {
        if (EventCatalog.classOf(stored.getType().getName()).isEmpty()) {
            return super.deserialize(stored);
        }
        var tree = getConverter().convert(stored, JsonNode.class).getData().deepCopy();
        PersonalData.open(tree, keys);
        return super.deserialize(new SimpleSerializedObject<>(tree, JsonNode.class, stored.getType()));
    }

    @Override
    public SerializedType typeForClass(@SuppressWarnings("rawtypes") Class type) {
        if (type != null && DomainEvent.class.isAssignableFrom(type)) {
            var event = EventCatalog.type(type);
            return new SimpleSerializedType(event.name(), event.revision());
        }
        return super.typeForClass(type);
    }

    @Override
    protected String resolveClassName(SerializedType type) {
        return EventCatalog.classOf(type.getName())
                .<String>map(Class::getName)
                .orElseGet(() -> super.resolveClassName(type));
    }

    @Override
    protected ObjectReader getReader(Class<?> type) {
        return DomainEvent.class.isAssignableFrom(type) ? ContractJson.mapper().readerFor(type) : super.getReader(type);
    }
}
