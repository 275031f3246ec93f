"""Where carriers of words deliver what people wrote: SMS gateways, WeChat. What comes in is a conversation."""
