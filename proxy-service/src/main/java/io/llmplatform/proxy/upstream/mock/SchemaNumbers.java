package io.llmplatform.proxy.upstream.mock;

import tools.jackson.databind.JsonNode;

/** Numbers within a schema's bounds: one the person named, when it fits, else the nearest to one. */
final class SchemaNumbers {
    /** As far as every whole number is one of its own in floating point. */
    private static final double FAR = 1e15;

    private SchemaNumbers() {}

    static long integer(JsonNode schema, Hints hints, int ordinal, String param) {
        double step = schema.path("multipleOf").asDouble(1);
        boolean whole = step > 0 && step % 1 == 0;
        var range = Range.of(schema, 0.25).whole();
        return (long) range.pick(whole ? step : 1, hints, ordinal, param);
    }

    static double number(JsonNode schema, Hints hints, int ordinal, String param) {
        double room = Range.of(schema, 0).width();
        // What is excluded is missed by so much.
        var range = Range.of(schema, Math.clamp(room / 4, 0, 0.5));
        return range.pick(Math.max(0, schema.path("multipleOf").asDouble(0)), hints, ordinal, param);
    }

    /** Both ends are allowed. */
    private record Range(double low, double high) {
        /** @param gap between an excluded bound and the nearest number allowed */
        static Range of(JsonNode schema, double gap) {
            double low = Math.max(-FAR, schema.path("minimum").asDouble(-FAR));
            double high = Math.min(FAR, schema.path("maximum").asDouble(FAR));
            var above = schema.path("exclusiveMinimum");
            var below = schema.path("exclusiveMaximum");
            // A boolean in older schemas, about the bound beside it.
            low = above.isNumber() ? Math.max(low, above.asDouble() + gap) : above.asBoolean(false) ? low + gap : low;
            high = below.isNumber()
                    ? Math.min(high, below.asDouble() - gap)
                    : below.asBoolean(false) ? high - gap : high;
            return new Range(low, high);
        }

        Range whole() {
            return new Range(Math.ceil(low), Math.floor(high));
        }

        double width() {
            return Math.max(0, high - low);
        }

        private boolean holds(double number) {
            return number >= low && number <= high;
        }

        /** @param step it is a multiple of; 0 when any number will do */
        double pick(double step, Hints hints, int ordinal, String param) {
            double least = step > 0 ? Math.max(Math.ceil(low / step) * step, step) : Math.max(low, 1);
            double most = step > 0 ? Math.floor(high / step) * step : high;
            double first = Math.min(least, most);
            double chosen = first + ordinal * (step > 0 ? step : 1);
            chosen = holds(chosen) ? chosen : first;
            if (!holds(chosen)) {
                throw new MockRefusal(param, "The schema has bounds that no number fits.");
            }
            return hints.number(said -> holds(said) && (step <= 0 || said % step == 0))
                    .orElse(chosen);
        }
    }
}
