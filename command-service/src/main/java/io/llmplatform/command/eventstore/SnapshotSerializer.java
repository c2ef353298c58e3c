package io.llmplatform.command.eventstore;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.personal.PersonKeys;
import io.llmplatform.contracts.personal.PersonalData;
import java.util.Collection;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Snapshots as the JSON of an aggregate's fields, under its type and the shape of its class. Personal data in it is
 * sealed under the keys of the persons; no key is made for that, and with one of them gone the snapshot as a whole
 * cannot be read, so that an aggregate is then made of its events.
 */
final class SnapshotSerializer implements Serializer {
    private final EventSerializer events;
    private final PersonKeys keys;
    private final Supplier<Known> known;

    /** @param types asked for late: when this is made, the aggregates are not known yet */
    SnapshotSerializer(EventSerializer events, PersonKeys keys, Supplier<SnapshotTypes> types) {
        this.events = events;
        this.keys = keys;
        this.known = SingletonSupplier.of(() -> new Known(types.get()));
    }

    /** Whether it is of a class as it is now. */
    boolean isCurrent(DomainEventData<?> snapshot) {
        var type = snapshot.getPayload().getType();
        return known.get()
                .types()
                .of(type.getName())
                .filter(ours -> ours.revision().equals(type.getRevision()))
                .isPresent();
    }

    /** Of which there are snapshots. */
    Collection<SnapshotTypes.SnapshotType> types() {
        return known.get().types().all();
    }

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> representation) {
        if (object instanceof MetaData) {
            return events.serialize(object, representation);
        }
        try {
            JsonNode tree = known.get().mapper().valueToTree(object);
            PersonalData.seal(tree, this::key);
            var json = ContractJson.mapper().writeValueAsBytes(tree);
            return new SimpleSerializedObject<>(
                    getConverter().convert(json, representation), representation, typeForClass(object.getClass()));
        } catch (JacksonException e) {
            throw new SerializationException(object.getClass().getName() + " cannot be a snapshot", e);
        }
    }

    private byte[] key(String subject) {
        return keys.find(subject)
                .orElseThrow(() -> new SerializationException("the key of " + subject + " was destroyed"));
    }

    @Override
    public <S, T> T deserialize(SerializedObject<S> stored) {
        var type = known.get().types().of(stored.getType().getName());
        if (type.isEmpty()) {
            return events.deserialize(stored);
        }
        try {
            var tree = getConverter().convert(stored, JsonNode.class).getData().deepCopy();
            if (!PersonalData.openAll(tree, keys)) {
                throw new SerializationException(
                        "personal data in a snapshot of " + type.get().name() + " was erased");
            }
            @SuppressWarnings("unchecked")
            var aggregate =
                    (T) known.get().mapper().treeToValue(tree, type.get().aggregate());
            return aggregate;
        } catch (JacksonException e) {
            throw new SerializationException("a snapshot of " + type.get().name() + " cannot be read", e);
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class classForType(SerializedType type) {
        return known.get()
                .types()
                .of(type.getName())
                .<Class>map(SnapshotTypes.SnapshotType::aggregate)
                .orElseGet(() -> events.classForType(type));
    }

    @Override
    public SerializedType typeForClass(@SuppressWarnings("rawtypes") Class type) {
        var ours = known.get().types().of((Class<?>) type);
        return new SimpleSerializedType(ours.name(), ours.revision());
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return events.canSerializeTo(representation);
    }

    @Override
    public Converter getConverter() {
        return events.getConverter();
    }

    private record Known(SnapshotTypes types, ObjectMapper mapper) {
        Known(SnapshotTypes types) {
            this(types, mapper(types));
        }

        private static ObjectMapper mapper(SnapshotTypes types) {
            var builder = ContractJson.mapper().rebuild();
            types.all().forEach(type -> builder.addMixIn(type.aggregate(), Fields.class));
            return builder.build();
        }
    }

    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE,
            setterVisibility = Visibility.NONE)
    private interface Fields {}
}
