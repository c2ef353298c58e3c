package io.llmplatform.command.change;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;

/** Tells absent from null, which Jackson hands to different methods. */
final class ChangeDeserializer extends ValueDeserializer<Change<?>> {
    private final @Nullable JavaType content;

    @SuppressWarnings("unused") // by Jackson
    ChangeDeserializer() {
        this(null);
    }

    private ChangeDeserializer(@Nullable JavaType content) {
        this.content = content;
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        var type = context.getContextualType() != null ? context.getContextualType() : property.getType();
        return new ChangeDeserializer(type.containedTypeOrUnknown(0));
    }

    @Override
    public Change<?> deserialize(JsonParser parser, DeserializationContext context) {
        return Change.to(context.<Object>readValue(parser, content));
    }

    @Override
    public Change<?> getNullValue(DeserializationContext context) {
        return new Change.Clear<>();
    }

    @Override
    public Change<?> getAbsentValue(DeserializationContext context) {
        return Change.keep();
    }
}
