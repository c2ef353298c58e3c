package io.llmplatform.command.eventstore;

import io.llmplatform.contracts.event.DomainEvent;
import io.llmplatform.contracts.event.EventCatalog;
import io.llmplatform.contracts.event.EventType;
import io.llmplatform.contracts.json.ContractJson;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Stores events under their {@link EventType} name and revision, as the contracts' JSON; everything else (tokens,
 * metadata) as Axon's Jackson 3 serializer does. Axon's own tokens are let through its type check, without which a
 * {@code ReplayToken} is written but never read back, and a reset ends in an error.
 */
public final class EventSerializer extends Jackson3Serializer {
    private EventSerializer(Builder builder) {
        super(builder);
    }

    /** The one for events, messages and tokens alike. */
    public static EventSerializer create() {
        return new EventSerializer(Jackson3Serializer.builder()
                .revisionResolver(EventSerializer::revisionOf)
                .lenientDeserialization()
                .jsonMapperBuilderCustomizer(
                        mapper -> mapper.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                                .allowIfSubType("org.axonframework.")
                                .allowIfSubType("java.util.")
                                .build())));
    }

    private static @Nullable String revisionOf(Class<?> type) {
        return DomainEvent.class.isAssignableFrom(type)
                ? EventCatalog.type(type).revision()
                : null;
    }

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> representation) {
        if (!(object instanceof DomainEvent event)) {
            return super.serialize(object, representation);
        }
        try {
            var json = ContractJson.mapper().writeValueAsBytes(event);
            return new SimpleSerializedObject<>(
                    getConverter().convert(json, representation), representation, typeForClass(event.getClass()));
        } catch (JacksonException e) {
            throw new SerializationException("event of type " + event.getClass().getName() + " is not serializable", e);
        }
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
