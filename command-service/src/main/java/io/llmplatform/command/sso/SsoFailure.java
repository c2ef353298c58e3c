package io.llmplatform.command.sso;

/** A login by the provider that did not come about. */
public final class SsoFailure extends RuntimeException {
    private final boolean outage;

    private SsoFailure(String message, boolean outage) {
        super(message, null, false, false);
        this.outage = outage;
    }

    /** The provider cannot be asked, or talks nonsense; nobody is to blame who logs in. */
    static SsoFailure outage(String message) {
        return new SsoFailure(message, true);
    }

    /** What came back is not the proof of a login that was begun here. */
    static SsoFailure refused(String message) {
        return new SsoFailure(message, false);
    }

    public boolean isOutage() {
        return outage;
    }
}
