package io.llmplatform.command.user;

import io.llmplatform.command.session.Sessions;
import io.llmplatform.contracts.event.SessionEvent.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records which sessions are to be closed; reading is not needed by aggregates. */
final class FakeSessions implements Sessions {
    final List<String> closed = new ArrayList<>();

    @Override
    public void closeAllOf(String userId, Reason reason, @Nullable String kept) {
        closed.add(userId + " " + reason.wire() + " but " + kept);
    }

    @Override
    public boolean isOpen(String sessionId, String userId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<OpenSession> openOf(String userId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<OpenSession> open(String sessionId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isKnownAddress(String userId, String ip) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> expired(int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forgetOld() {
        throw new UnsupportedOperationException();
    }
}
