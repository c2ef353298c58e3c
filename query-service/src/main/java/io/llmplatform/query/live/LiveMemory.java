package io.llmplatform.query.live;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The last events of each channel, so that a noisy one does not push out the others. For one thread at a time. */
final class LiveMemory {
    static final int OF_EACH = 600;

    private final Map<Channel, Deque<LiveEvent>> events = new EnumMap<>(Channel.class);

    void add(LiveEvent event) {
        var same = events.computeIfAbsent(event.channel(), channel -> new ArrayDeque<>());
        same.addLast(event);
        if (same.size() > OF_EACH) {
            same.removeFirst();
        }
    }

    /** In their order. */
    List<LiveEvent> after(long id) {
        return events.values().stream()
                .flatMap(Collection::stream)
                .filter(event -> event.id() > id)
                .sorted(Comparator.comparingLong(LiveEvent::id))
                .toList();
    }
}
