"""A reason, in a person's own words."""

from django import forms


class WhyForm(forms.Form):
    """A reason for something, where the guideline asks for one."""

    why = forms.CharField(max_length=2000, required=False)

    @property
    def words(self) -> str:
        """Return the reason as it is kept; what cannot be kept is no reason."""
        self.is_valid()
        return str(self.cleaned_data.get("why", ""))
